/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import.h"

#include "tests/lib/check.h"
#include "tests/lib/imported.h"

/*
 * import_edit: one field corrected, by the rules of the whole file.
 */
static struct buf why;

static int64_t
unit_id(struct store *store)
{
	int64_t id;

	CHECK_OK(db_value(store->db, &id,
	    "SELECT id FROM unit WHERE reference = 'L-1042'", ""));
	return id;
}

static enum err
edit_unit(struct store *store, const char *column, const char *value)
{
	buf_clear(&why);
	return import_edit_unit(store, unit_id(store), column, value, &why);
}

static void
a_field_of_a_dwelling_is_edited(void)
{
	struct store *store = imported_candidacies();

	CHECK_OK(edit_unit(store, "loyer", "434,04 €"));
	CHECK_OK(edit_unit(store, "ETAGE", ""));
	CHECK_OK(edit_unit(store, "Commune", "Lattes"));
	CHECK_DUMP(store,
	    "SELECT u.rent, coalesce(u.floor, 'none'), u.insee, k.effort,"
	    " k.mismatch FROM unit u JOIN candidacy k ON k.unit = u.id"
	    " WHERE u.reference = 'L-1042' AND k.position = 1",
	    "43404|none|34129|2776|1\n");
	CHECK_ERR(edit_unit(store, "Loyer", "beaucoup"), ERR_INPUT);
	CHECK_BUF(&why,
	    "Loyer : attendu : un montant en euros, comme 1355,95, de 0 à "
	    "10000.");
	CHECK_ERR(edit_unit(store, "Loyer", ""), ERR_INPUT);
	CHECK_BUF(&why, "Loyer : attendu : une valeur, obligatoire.");
	CHECK_ERR(edit_unit(store, "Couleur", "bleu"), ERR_INPUT);
	CHECK_BUF(&why, "Colonne inconnue : Couleur");
	CHECK_ERR(edit_unit(store, "Référence", "L-1043"), ERR_INPUT);
	CHECK_BUF(&why, "Un autre logement de la séance a cette référence.");
	CHECK_ERR(edit_unit(store, "Code INSEE", "75056"), ERR_INPUT);
	CHECK_HAS(buf_text(&why), "Commune inconnue");
	CHECK_ERR(import_edit_unit(store, 9999, "Loyer", "1", &why),
	    ERR_ABSENT);
	store_close(store);
}

static enum err
edit_first(struct store *store, const char *column, const char *value)
{
	int64_t id;

	CHECK_OK(db_value(store->db, &id,
	    "SELECT id FROM candidacy WHERE nur = '0340522479669GDPUB'", ""));
	buf_clear(&why);
	return import_edit_candidacy(store, id, column, value, &why);
}

static void
a_field_of_a_candidate_is_edited(void)
{
	struct store *store = imported_candidacies();

	CHECK_OK(
	    edit_first(store, "Naissance enfants", "2018-10-01 01/01/2010"));
	CHECK_OK(edit_first(store, "DALO", "oui"));
	CHECK_DUMP(store,
	    "SELECT children_ages, n_children, consumption, dalo FROM candidacy"
	    " WHERE nur = '0340522479669GDPUB'",
	    "16 et 8 ans|2|36|1\n");
	CHECK_ERR(edit_first(store, "NUR", "0341224929904G1104"), ERR_INPUT);
	CHECK_BUF(&why, "NUR : ce numéro unique est déjà sur ce logement.");
	CHECK_ERR(edit_first(store, "Référence logement", "L-1043"), ERR_INPUT);
	CHECK_HAS(buf_text(&why), "ne change pas de logement");
	CHECK_ERR(edit_first(store, "Date de naissance", "01/01/2030"),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&why), "au plus tard l'ouverture");
	CHECK_ERR(edit_first(store, "Adultes", "zéro"), ERR_INPUT);
	store_close(store);
}

static const struct check_case cases[] = {
	{ "a field of a dwelling is edited", a_field_of_a_dwelling_is_edited },
	{ "a field of a candidate is edited",
	    a_field_of_a_candidate_is_edited },
};

CHECK_MAIN(cases)
