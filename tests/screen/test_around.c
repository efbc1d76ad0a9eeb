/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"
#include "tests/lib/sizes.h"

static void
shows_a_profile_whole(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "<Enter>d", "candidate");
	sizes_match(SAMPLE_OPEN, NULL, "fabre",
	    "<Down><Down><Enter>d<Right><Right><End>", "candidate-no-note");
}

static void
vote_twice(struct sample *sample)
{
	sample_cast(sample, "fabre", "L-1042", "B,A,C");
	sample_cast(sample, "fabre", "L-1043", "A");
	sample_cast(sample, "fabre", "L-1042", "A,B");
}

static void
lists_receipts(void)
{
	sizes_match(SAMPLE_OPEN, vote_twice, "fabre", "v", "receipts");
}

static void
explains_the_home(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "?", "help-home");
}

static void
explains_a_dwelling(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "<Enter>?", "help-unit");
}

static void
forget_secrets(struct sample *sample)
{
	CHECK_OK(db_script(sample->store->db,
	    "UPDATE account SET password = NULL;"));
}

static void
welcomes(void)
{
	sizes_match(SAMPLE_OPEN, forget_secrets, "fabre", "", "welcome");
	sizes_match(SAMPLE_OPEN, forget_secrets, "agence", "",
	    "welcome-agency");
}

static void
a_password_is_chosen(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	forget_secrets(&sample);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Enter>court<Enter>");
	CHECK_HAS(show_text(show), "12 caractères");
	show_press(show, "court mais plus long<Enter>autre chose<Enter>");
	CHECK_HAS(show_text(show), "Les deux saisies diffèrent.");
	CHECK(!terminal_shows(show_terminal(show), "autre"));
	show_press(show, "court mais plus long<Enter>");
	CHECK_HAS(show_text(show), "Lunel : 7 logements");
	show_close(show);
	sample_close(&sample);
}

static void
a_key_is_pasted(void)
{
	static const char line[] =
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Dxy6vhWJ5yC2UYV2jvVc6i3Xg"
	    "tK4a1R4xq3w0n7pQ moi@mairie";
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	forget_secrets(&sample);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Down><Enter>n'importe quoi<Enter>");
	CHECK_HAS(show_text(show), "Votre clé publique");
	show_press(show, "<C-u>");
	show_paste(show, line, sizeof line - 1);
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "Lunel : 7 logements");
	show_close(show);
	sample_close(&sample);
}

static void
ones_own_keys_are_kept(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "o", "self");
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "oa", "self-key");
}

static void
a_password_is_changed(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "opcourt<Enter>");
	CHECK_HAS(show_text(show), "trop court");
	show_press(show, "court mais plus long<Enter>autre<Enter>");
	CHECK_HAS(show_text(show), "Les deux saisies diffèrent.");
	show_press(show, "court mais plus long<Enter>");
	CHECK_HAS(show_text(show), "C'est noté.");
	show_close(show);
	sample_close(&sample);
}

static void
lines_are_chosen_for_the_next_times(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "ol");
	CHECK_HAS(show_text(show), "ligne par ligne");
	show_press(show, "<Escape>");
	CHECK(!terminal_shows(show_terminal(show), "en lignes."));
	show_press(show, "lo");
	show_push(show);
	CHECK_HAS(show_text(show), "Prochaines sessions : en lignes.");
	show_press(show, "lo");
	show_push(show);
	CHECK(!terminal_shows(show_terminal(show), "en lignes."));
	show_close(show);
	sample_close(&sample);
}

static void
q_leaves(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Escape>");
	CHECK(!show_is_over(show));
	show_press(show, "<Enter>1q");
	CHECK(show_is_over(show));
	show_close(show);
	sample_close(&sample);
}

static const struct check_case cases[] = {
	{ "a profile is shown whole", shows_a_profile_whole },
	{ "receipts say which vote counts", lists_receipts },
	{ "the question mark explains the home", explains_the_home },
	{ "the question mark explains a dwelling", explains_a_dwelling },
	{ "lines are chosen for the next times",
	    lines_are_chosen_for_the_next_times },
	{ "a first login is welcomed", welcomes },
	{ "a password is chosen, typed twice", a_password_is_chosen },
	{ "a public key is pasted", a_key_is_pasted },
	{ "one's own keys are kept", ones_own_keys_are_kept },
	{ "a password is changed, typed twice", a_password_is_changed },
	{ "q leaves without a question: drafts are kept", q_leaves },
};

CHECK_MAIN(cases)
