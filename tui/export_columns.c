/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/records.h"
#include "tui/export.h"

/*
 * The columns of each CSV, titled as in the imports where these have the same.
 * Numbers that only the registry understands are left out: JSON has them.
 */
#define WORDS(name) static const struct word_list name##_words = WORD_LIST(name)

static const struct word methods[] = {
	{ "pairwise", "majorité par paires" },
	{ "borda", "somme des rangs" },
	{ "first", "premiers choix" },
};
WORDS(methods);

static const struct word choice_states[] = {
	{ "none", "à classer" },
	{ "draft", "brouillon" },
	{ "cast", "voté" },
};
WORDS(choice_states);

static const struct word outcomes[] = {
	{ "decided", "décidé" },
	{ "postponed", "reporté" },
};
WORDS(outcomes);

static const struct word results[] = {
	{ "order", "ordre" },
	{ "undecided", "à trancher" },
	{ "postponed", "à reporter" },
};
WORDS(results);

static const struct word threads[] = {
	{ "discussion", "discussion" },
	{ "help", "aide de l'agence" },
	{ "announcement", "annonces" },
};
WORDS(threads);

static const struct word report_kinds[] = {
	{ "total", "total" },
	{ "fault", "erreur" },
	{ "note", "remarque" },
};
WORDS(report_kinds);

#define COLUMN(field, title, form, words) \
	{                                 \
		field, title, form, words \
	}
#define CODE(field, title, words) COLUMN(field, title, EXPORT_PLAIN, &words)
#define PLAIN(field, title) COLUMN(field, title, EXPORT_PLAIN, NULL)
#define FLAG(field, title) COLUMN(field, title, EXPORT_FLAG, NULL)
#define CENTS(field, title) COLUMN(field, title, EXPORT_CENTS, NULL)
#define SHARES(field, title) COLUMN(field, title, EXPORT_SHARES, NULL)
#define DAY(field, title) COLUMN(field, title, EXPORT_DAY, NULL)
#define MOMENT(field, title) COLUMN(field, title, EXPORT_MOMENT, NULL)

static const struct export_column sitting[] = {
	PLAIN("code", "Séance"),
	CODE("state", "État", words_sitting_states),
	MOMENT("opens", "Ouverture"),
	MOMENT("closes", "Clôture"),
	MOMENT("readable_until", "Lisible jusqu'au"),
	PLAIN("commission", "Commission"),
	PLAIN("rule_version", "Version du règlement"),
	PLAIN("quorum", "Quorum"),
	CODE("method", "Méthode", methods_words),
	PLAIN("units", "Logements"),
	PLAIN("candidacies", "Candidats"),
};

static const struct export_column unit[] = {
	PLAIN("reference", "Référence"),
	PLAIN("rpls", "RPLS"),
	PLAIN("residence", "Résidence"),
	PLAIN("address", "Adresse"),
	PLAIN("insee", "Code INSEE"),
	PLAIN("commune", "Commune"),
	FLAG("qpv", "QPV"),
	PLAIN("type", "Type"),
	CENTS("surface", "Surface"),
	PLAIN("floor", "Étage"),
	FLAG("lift", "Ascenseur"),
	FLAG("pmr", "PMR"),
	PLAIN("financing", "Financement"),
	PLAIN("dpe", "DPE"),
	CENTS("rent", "Loyer"),
	CENTS("annexes", "Annexes"),
	CENTS("charges", "Charges"),
	CODE("heating", "Chauffage", words_sharings),
	CODE("water", "Eau", words_sharings),
	PLAIN("built", "Année construction"),
	FLAG("first_letting", "Première location"),
	DAY("available", "Disponible le"),
	PLAIN("holder", "Réservataire"),
	PLAIN("few_reason", "Motif moins de 3"),
	PLAIN("candidacies", "Candidats"),
	PLAIN("messages", "Messages"),
	PLAIN("unread", "Non lus"),
	CODE("voice", "Voix", words_voices),
	CODE("choice_state", "Votre choix", choice_states_words),
	PLAIN("choice", "Classement"),
	CODE("outcome", "Décision", outcomes_words),
	PLAIN("outcome_text", "Résultat"),
};

static const struct export_column candidacy[] = {
	PLAIN("letter", "Lettre"),
	PLAIN("nur", "NUR"),
	PLAIN("family", "Nom"),
	PLAIN("given", "Prénom"),
	DAY("birth", "Date de naissance"),
	PLAIN("age", "Âge"),
	PLAIN("adults", "Adultes"),
	PLAIN("children", "Naissance enfants"),
	PLAIN("children_ages", "Âges des enfants"),
	PLAIN("n_children", "Enfants"),
	FLAG("shared_custody", "Garde partagée"),
	PLAIN("expected_births", "Naissances attendues"),
	PLAIN("occupation", "Profession"),
	PLAIN("contract", "Contrat"),
	CENTS("resources", "Ressources mensuelles"),
	CENTS("rfr", "RFR N-2"),
	CENTS("other_charges", "Autres charges fixes"),
	PLAIN("housing_status", "Logement actuel"),
	PLAIN("housing_type", "Type actuel"),
	CENTS("housing_rent", "Loyer actuel"),
	PLAIN("housing_persons", "Personnes logement actuel"),
	PLAIN("residence_commune", "Commune de résidence"),
	PLAIN("work_commune", "Commune de travail"),
	DAY("requested", "Date de la demande"),
	PLAIN("request_age", "Ancienneté en mois"),
	PLAIN("motive", "Motif"),
	FLAG("dalo", "DALO"),
	FLAG("priority", "Prioritaire"),
	FLAG("transfer", "Mutation"),
	PLAIN("points", "Cotation"),
	CENTS("apl", "APL estimée"),
	CENTS("effort", "Taux d'effort"),
	CENTS("residual", "Reste à vivre"),
	SHARES("consumption", "Unités de consommation"),
	CENTS("ceiling", "Part du plafond"),
	CENTS("imported_effort", "Taux d'effort importé"),
	CENTS("imported_residual", "Reste à vivre importé"),
	FLAG("mismatch", "Écart"),
	PLAIN("missing", "Pièces manquantes"),
	PLAIN("note", "Note de l'agence"),
};

static const struct export_column receipt[] = {
	PLAIN("reference", "Référence"),
	PLAIN("summary", "Vote"),
	PLAIN("version", "Version"),
	MOMENT("cast", "Enregistré le"),
	PLAIN("receipt", "Reçu"),
	FLAG("last", "En vigueur"),
};

static const struct export_column thread[] = {
	CODE("kind", "Nature", threads_words),
	PLAIN("title", "Conversation"),
	PLAIN("messages", "Messages"),
	PLAIN("unread", "Non lus"),
	MOMENT("last", "Dernier le"),
	PLAIN("last_author", "De"),
	PLAIN("last_body", "Dernier message"),
	FLAG("writable", "Ouverte"),
};

static const struct export_column message[] = {
	MOMENT("ms", "Le"),
	PLAIN("author", "Auteur"),
	PLAIN("title", "Qualité"),
	PLAIN("body", "Message"),
	FLAG("mine", "De vous"),
	FLAG("unread", "Non lu"),
};

static const struct export_column participation[] = {
	PLAIN("login", "Identifiant"),
	PLAIN("name", "Membre"),
	PLAIN("title", "Qualité"),
	PLAIN("communes", "Communes"),
	CODE("voice", "Voix", words_voices),
	PLAIN("units", "Logements"),
	PLAIN("cast", "Votes"),
	PLAIN("drafts", "Brouillons"),
	MOMENT("last", "Dernier vote"),
	FLAG("connected", "En ligne"),
};

static const struct export_column tally_row[] = {
	PLAIN("reference", "Référence"),
	PLAIN("commune", "Commune"),
	CODE("result", "Résultat", results_words),
	PLAIN("proposal", "Proposition"),
	PLAIN("sentence", "Explication"),
	PLAIN("entitled", "Voix délibératives"),
	PLAIN("took_part", "Participants"),
	PLAIN("ballots", "Classements"),
	PLAIN("abstentions", "Abstentions"),
	PLAIN("recusals", "Déports"),
	PLAIN("physical", "Séances physiques demandées"),
	PLAIN("casting_used", "Voix prépondérantes"),
	CODE("outcome", "Décision", outcomes_words),
	PLAIN("outcome_text", "Décisions"),
};

static const struct export_column decision[] = {
	PLAIN("letter", "Lettre"),
	PLAIN("name", "Candidat"),
	CODE("kind", "Décision", words_decisions),
	PLAIN("rank", "Rang"),
	PLAIN("motive", "Motif"),
	PLAIN("condition", "Condition"),
	DAY("due", "Avant le"),
	MOMENT("decided", "Décidé le"),
	PLAIN("author", "Par"),
};

static const struct export_column account[] = {
	PLAIN("login", "Identifiant"),
	PLAIN("civility", "Civilité"),
	PLAIN("family", "Nom"),
	PLAIN("given", "Prénom"),
	PLAIN("title", "Qualité"),
	CODE("role", "Rôle", words_roles),
	CODE("state", "État", words_account_states),
	PLAIN("keys", "Clés"),
	FLAG("has_password", "Mot de passe"),
	MOMENT("last_login", "Dernière connexion"),
	MOMENT("invited_until", "Invité jusqu'au"),
};

static const struct export_column invitation[] = {
	PLAIN("login", "Identifiant"),
	PLAIN("code", "Code"),
	MOMENT("until", "Jusqu'au"),
};

static const struct export_column key[] = {
	PLAIN("id", "N°"),
	PLAIN("algorithm", "Algorithme"),
	PLAIN("fingerprint", "Empreinte"),
	PLAIN("label", "Nom"),
	MOMENT("added", "Ajoutée le"),
};

static const struct export_column mandate[] = {
	PLAIN("id", "N°"),
	PLAIN("title", "Qualité"),
	PLAIN("commune", "Commune"),
	CODE("voice", "Voix", words_voices),
	MOMENT("until", "Jusqu'au"),
};

static const struct export_column report[] = {
	CODE("kind", "Nature", report_kinds_words),
	PLAIN("id", "Ligne"),
	PLAIN("column", "Colonne"),
	PLAIN("found", "Trouvé"),
	PLAIN("text", "Attendu"),
	PLAIN("rows", "Lignes"),
	PLAIN("added", "Ajoutées"),
	PLAIN("changed", "Modifiées"),
	PLAIN("same", "Inchangées"),
};

static const struct export_column heading[] = {
	PLAIN("column", "Colonne"),
	FLAG("mandatory", "Obligatoire"),
	PLAIN("expected", "Attendu"),
};

#define COLUMNS(name)                                            \
	{                                                        \
		&name##_record, sizeof name / sizeof *name, name \
	}

static const struct export_columns tables[] = {
	COLUMNS(sitting),
	COLUMNS(unit),
	COLUMNS(candidacy),
	COLUMNS(receipt),
	COLUMNS(thread),
	COLUMNS(message),
	COLUMNS(participation),
	COLUMNS(tally_row),
	COLUMNS(decision),
	COLUMNS(account),
	COLUMNS(invitation),
	COLUMNS(key),
	COLUMNS(mandate),
	COLUMNS(report),
	COLUMNS(heading),
};

const struct export_columns *
export_columns_of(const struct record *record)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (tables[i].record == record)
			return &tables[i];
	return NULL;
}
