/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/pubkey.h"
#include "shared/chain.h"
#include "shared/password.h"
#include "shared/receipt.h"
#include "shared/sshsig.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

/* proof: what a voter or an auditor holds against us: chain, receipt,
 * signature, password, key. */

static void
is_hex(const unsigned char *hash, const char *expected)
{
	char hex[2 * CHAIN_HASH + 1];

	sodium_bin2hex(hex, sizeof hex, hash, CHAIN_HASH);
	CHECK_STR(hex, expected);
}

/* Vectors made with Python's hashlib from the header's text alone. */
static void
the_chain_is_what_its_header_says(void)
{
	unsigned char salt[CHAIN_SALT], commitment[CHAIN_HASH],
	    prev[CHAIN_HASH] = { 0 }, hash[CHAIN_HASH];

	memset(salt, 7, sizeof salt);
	chain_commit(commitment, salt, "bulletin", 8);
	is_hex(commitment,
	    "0b192c238d33b4c7e9a7404346c1d8369cdd2c735ef2b0ac0b9f0f0366ba0edb");
	chain_link(hash, 1, 1764064800123, "ballot", commitment, prev);
	is_hex(hash,
	    "210c1f99585d378f914c97989a6a13030731f9f1763edf895a01db1dd8de1ccf");
}

static void
a_receipt_reads_back_however_copied(void)
{
	unsigned char hash[CHAIN_HASH], bits[RECEIPT_BYTES];
	struct buf text = { 0 };
	int64_t seq;

	for (size_t i = 0; i < sizeof hash; i++)
		hash[i] = (unsigned char)(i * 37 + 11);
	receipt_put(&text, 12, hash);
	CHECK_INT(text.n, 24);
	CHECK_OK(receipt_read(buf_text(&text), &seq, bits));
	CHECK_INT(seq, 12);
	CHECK(memcmp(bits, hash, sizeof bits) == 0);
	CHECK_OK(receipt_read("0001-00il-oO11-0000-0000", &seq, bits));
	CHECK_OK(receipt_read("0001 0011 0011 0000 0000", &seq, bits));
	CHECK_ERR(receipt_read("0001-0000", &seq, bits), ERR_INPUT);
	CHECK_ERR(receipt_read("0001-UUUU-0000-0000-0000", &seq, bits),
	    ERR_INPUT);
	buf_done(&text);
}

static void
write_file(const char *dir, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	CHECK((file = fopen(path, "w")) != NULL);
	fputs(text, file);
	fclose(file);
}

/* Whether the real ssh-keygen takes the signature of a message. */
static bool
ssh_keygen_agrees(const char *dir, const char *message)
{
	char command[600];

	write_file(dir, "message", message);
	snprintf(command, sizeof command,
	    "ssh-keygen -Y verify -f %s/signers -I agence -n caleol-minutes "
	    "-s %s/signature < %s/message >/dev/null 2>&1",
	    dir, dir, dir);
	return system(command) == 0;
}

static void
ssh_keygen_verifies_a_signature(void)
{
	unsigned char secret[SSHSIG_SECRET], public[SSHSIG_PUBLIC];
	char dir[SCRATCH_CAP];
	struct buf signature = { 0 }, signers = { 0 };

	crypto_sign_keypair(public, secret);
	sshsig_sign(&signature, secret, "caleol-minutes", "fait à Lunel\n", 14);
	CHECK(sshsig_verify(buf_text(&signature), public, "caleol-minutes",
	    "fait à Lunel\n", 14));
	CHECK(!sshsig_verify(buf_text(&signature), public, "caleol-minutes",
	    "fait à Nîmes\n", 14));
	CHECK(!sshsig_verify(buf_text(&signature), public, "caleol-head",
	    "fait à Lunel\n", 14));
	scratch_new(dir);
	buf_str(&signers, "agence ");
	sshsig_put_public(&signers, public);
	write_file(dir, "signers", buf_text(&signers));
	write_file(dir, "signature", buf_text(&signature));
	CHECK(ssh_keygen_agrees(dir, "fait à Lunel\n"));
	CHECK(!ssh_keygen_agrees(dir, "fait à Lunel.\n"));
	scratch_remove(dir);
	buf_done(&signature);
	buf_done(&signers);
}

static void
every_flipped_byte_breaks_a_signature(void)
{
	unsigned char secret[SSHSIG_SECRET], public[SSHSIG_PUBLIC];
	struct buf signature = { 0 };

	crypto_sign_keypair(public, secret);
	sshsig_sign(&signature, secret, "caleol-head", "tête", 5);
	for (size_t i = 0; i < signature.n; i++) {
		if (signature.at[i] == '\n' || signature.at[i] == '=')
			continue;
		signature.at[i] ^= 1;
		CHECK(!sshsig_verify(buf_text(&signature), public,
		    "caleol-head", "tête", 5));
		signature.at[i] ^= 1;
	}
	buf_done(&signature);
}

static void
a_password_matches_its_hash_only(void)
{
	char hash[PASSWORD_HASH_CAP];

	CHECK_OK(password_hash("pomme vélo nuage", hash));
	CHECK(password_is_hash(hash));
	CHECK(password_matches("pomme vélo nuage", hash));
	CHECK(!password_matches("pomme vélo nuages", hash));
	CHECK(password_is_hash(password_decoy()));
	CHECK(!password_matches("", password_decoy()));
	CHECK(!password_is_hash("$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"));
	CHECK(!password_is_hash("pomme"));
}

static void
a_weak_password_is_refused(void)
{
	struct buf why = { 0 };

	CHECK_ERR(password_check("court", "fabre", &why), ERR_INPUT);
	CHECK_HAS(buf_text(&why), "trop court");
	CHECK_ERR(password_check("aaaaaaaaaaaaaaaa", "", &why), ERR_INPUT);
	CHECK_ERR(password_check("Fabre-2026-lunel", "fabre", &why), ERR_INPUT);
	CHECK_OK(password_check("pomme vélo nuage", "fabre", &why));
	buf_done(&why);
}

static void
an_invitation_code_survives_being_copied(void)
{
	char code[PASSWORD_CODE_CAP], folded[PASSWORD_CODE_CAP];

	password_new_code(code);
	CHECK_INT(strlen(code), 19);
	password_code("7kq4 m2zd-9XWA  htbe", folded);
	CHECK_STR(folded, "7KQ4M2ZD9XWAHTBE");
}

static enum err
key(const char *line, struct pubkey *read)
{
	struct buf why = { 0 };
	enum err e = pubkey_read(read, line, &why);

	CHECK(e == ERR_OK || why.n > 0);
	buf_done(&why);
	return e;
}

static const char ed25519[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIFN1DdzhGpinLLYolumsu207QXWPO4eq4ZLUjhI4TSVt "
    "claire@mairie";

static void
a_public_key_is_read_strictly(void)
{
	struct pubkey read;
	char line[sizeof ed25519 + 10], two[2 * sizeof ed25519];

	CHECK_OK(key(ed25519, &read));
	CHECK_STR(read.label, "claire@mairie");
	CHECK_STR(read.algorithm, "ssh-ed25519");
	CHECK_STR(read.fingerprint,
	    "SHA256:g+FFz49hedKy6keBVglr67wSNLvNoV4IFxkEO7Ddiqw");
	strcpy(line, ed25519);
	line[60] = line[60] == 'A' ? 'B' : 'A';
	CHECK_OK(key(line, &read));
	line[20] = line[20] == 'A' ? 'B' : 'A';
	CHECK_ERR(key(line, &read), ERR_INPUT);
	CHECK_ERR(key("ssh-ed25519 AAAA", &read), ERR_INPUT);
	snprintf(two, sizeof two, "%s %s", ed25519, ed25519);
	CHECK_ERR(key(two, &read), ERR_INPUT);
	CHECK_ERR(key("ssh-dss AAAAB3NzaC1kc3M=", &read), ERR_INPUT);
	CHECK_ERR(key("ssh-ed25519-cert-v01@openssh.com AAAA", &read),
	    ERR_INPUT);
	CHECK_ERR(key("-----BEGIN OPENSSH PRIVATE KEY-----", &read), ERR_INPUT);
	CHECK_ERR(key("", &read), ERR_INPUT);
}

static const struct check_case cases[] = {
	{ "the chain is what its header says",
	    the_chain_is_what_its_header_says },
	{ "a receipt reads back however copied",
	    a_receipt_reads_back_however_copied },
	{ "ssh-keygen verifies a signature", ssh_keygen_verifies_a_signature },
	{ "every flipped byte breaks a signature",
	    every_flipped_byte_breaks_a_signature },
	{ "a password matches its hash only",
	    a_password_matches_its_hash_only },
	{ "a weak password is refused", a_weak_password_is_refused },
	{ "an invitation code survives being copied",
	    an_invitation_code_survives_being_copied },
	{ "a public key is read strictly", a_public_key_is_read_strictly },
};

CHECK_MAIN(cases)
