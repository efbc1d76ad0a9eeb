/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/record.h"

/*
 * records: every row an ask may answer with.
 *
 * Units: money in cents, a month unless said; rates in basis points; times in
 * UTC ms; days counted from 1970-01-01; surfaces in hundredths of m²; flags 0
 * or 1. An absent integer is RECORD_NONE. Closed lists are spelled in
 * shared/words.h.
 */

/* Who I am. id is my account. */
#define ME_FIELDS(INT, TEXT)                                            \
	TEXT(login)                                                     \
	TEXT(role) /* official, staff, admin */                         \
	TEXT(civility)                                                  \
	TEXT(given)                                                     \
	TEXT(family)                                                    \
	TEXT(title) /* "maire de Lunel", "agence" */                    \
	TEXT(landlord)                                                  \
	TEXT(agency)                                                    \
	TEXT(commission)                                                \
	INT(previous) /* the login before this one, UTC ms */           \
	TEXT(previous_source)                                           \
	INT(must_choose)  /* came in by an invitation: no secret yet */ \
	INT(linear)       /* has chosen sessions in lines */            \
	TEXT(fingerprint) /* the host key's, "SHA256:..." */            \
	INT(help_thread)                                                \
	INT(now) /* the registry's clock */
RECORD_DECLARE(me, ME_FIELDS);
/* A member of the commission; else of the agency. */
bool me_is_member(const struct me *me);

#define SITTING_FIELDS(INT, TEXT)                                 \
	TEXT(code)  /* 2026-48 */                                 \
	TEXT(state) /* draft announced open closed decided signed \
	               archived cancelled */                      \
	INT(opens)                                                \
	INT(closes)                                               \
	INT(readable_until)                                       \
	TEXT(commission)                                          \
	INT(rule_version)                                         \
	INT(quorum)                                               \
	TEXT(method) /* pairwise borda first */                   \
	INT(units)   /* as many as the viewer may see */          \
	INT(candidacies)                                          \
	INT(thread) /* its announcements */
RECORD_DECLARE(sitting, SITTING_FIELDS);

/* What happened to a sitting. */
#define EVENT_FIELDS(INT, TEXT)                                       \
	INT(ms)                                                       \
	TEXT(kind) /* created announced moved opened prolonged closed \
	              cancelled decided signed */                     \
	TEXT(author)                                                  \
	TEXT(text)
RECORD_DECLARE(sitting_event, EVENT_FIELDS);

#define UNIT_FIELDS(INT, TEXT)                                           \
	INT(sitting)                                                     \
	TEXT(reference)                                                  \
	TEXT(rpls)                                                       \
	TEXT(residence)                                                  \
	TEXT(address)                                                    \
	TEXT(insee)                                                      \
	TEXT(commune)                                                    \
	INT(qpv)                                                         \
	TEXT(type)                                                       \
	INT(surface)                                                     \
	INT(floor)                                                       \
	INT(lift)                                                        \
	INT(pmr)                                                         \
	TEXT(financing)                                                  \
	TEXT(dpe)                                                        \
	INT(rent)                                                        \
	INT(annexes)                                                     \
	INT(charges)                                                     \
	TEXT(heating) /* individual collective */                        \
	TEXT(water)                                                      \
	INT(built) /* year */                                            \
	INT(first_letting)                                               \
	INT(available) /* day */                                         \
	TEXT(holder)                                                     \
	TEXT(few_reason) /* why fewer than three candidates */           \
	INT(candidacies)                                                 \
	INT(thread)                                                      \
	INT(messages)                                                    \
	INT(unread)                                                      \
	TEXT(voice) /* the viewer's: deliberative consultative, or "" */ \
	TEXT(choice_state) /* the viewer's: none draft cast */           \
	TEXT(choice)       /* "B A C", "abstention"... */                \
	TEXT(outcome)      /* "" pending; decided postponed */           \
	TEXT(outcome_text)
RECORD_DECLARE(unit, UNIT_FIELDS);

#define CANDIDACY_FIELDS(INT, TEXT)                                  \
	INT(unit)                                                    \
	INT(position) /* from 1 */                                   \
	TEXT(letter)  /* A, B, C... by position */                   \
	TEXT(nur)     /* whole for staff, masked for officials */    \
	TEXT(family)                                                 \
	TEXT(given)                                                  \
	INT(birth) /* day */                                         \
	INT(age)   /* at the sitting's opening */                    \
	INT(adults)                                                  \
	TEXT(children)      /* births, ISO dates, a space between */ \
	TEXT(children_ages) /* "8 et 5 ans", "" without children */  \
	INT(n_children)                                              \
	INT(shared_custody)                                          \
	INT(expected_births)                                         \
	TEXT(occupation)                                             \
	TEXT(contract)                                               \
	INT(resources)                                               \
	INT(rfr) /* cents a year, N-2 */                             \
	INT(other_charges)                                           \
	TEXT(housing_status)                                         \
	TEXT(housing_type)                                           \
	INT(housing_rent)                                            \
	INT(housing_persons)                                         \
	TEXT(residence_commune)                                      \
	TEXT(work_commune)                                           \
	INT(requested)   /* day */                                   \
	INT(request_age) /* whole months at the sitting's opening */ \
	TEXT(motive)                                                 \
	INT(dalo)                                                    \
	INT(priority)                                                \
	INT(transfer)                                                \
	INT(points)                                                  \
	INT(apl)                                                     \
	INT(effort)      /* bp; RECORD_NONE: non calculable */       \
	INT(residual)    /* cents a day a consumption unit */        \
	INT(consumption) /* consumption units, in twentieths */      \
	INT(ceiling)     /* rfr / ceiling of the financing, bp */    \
	INT(imported_effort)                                         \
	INT(imported_residual)                                       \
	INT(mismatch) /* ours and the imported figure disagree */    \
	TEXT(missing)                                                \
	TEXT(note)
RECORD_DECLARE(candidacy, CANDIDACY_FIELDS);

/* The viewer's choice on a unit: the draft when there is one, else the last
 * ballot. id is the unit. */
#define CHOICE_FIELDS(INT, TEXT)                                          \
	TEXT(state)    /* none draft cast */                              \
	TEXT(kind)     /* ranking abstention recusal physical */          \
	TEXT(ranking)  /* letters, "B,A" */                               \
	TEXT(refusals) /* lines "C=motif" */                              \
	TEXT(reason)   /* of a recusal or a physical sitting */           \
	TEXT(summary)  /* "B A · C non" */                               \
	INT(version)   /* of the last ballot; 0: none */                  \
	INT(cast)      /* UTC ms */                                       \
	TEXT(receipt)                                                     \
	TEXT(cast_summary) /* the last ballot's, when a draft is newer */ \
	TEXT(entered_by)   /* "" or who entered it at the member's request */
RECORD_DECLARE(choice_row, CHOICE_FIELDS);

/* An acknowledged ballot. */
#define RECEIPT_FIELDS(INT, TEXT)                    \
	INT(unit)                                    \
	TEXT(reference)                              \
	TEXT(summary)                                \
	INT(version)                                 \
	INT(cast)                                    \
	TEXT(receipt) /* 0001-7KQ4-M2ZD-9XWA-HTBE */ \
	INT(last)     /* it is the one that counts */
RECORD_DECLARE(receipt, RECEIPT_FIELDS);

#define THREAD_FIELDS(INT, TEXT)                      \
	TEXT(kind) /* discussion help announcement */ \
	INT(sitting)                                  \
	INT(unit)                                     \
	INT(account) /* whose help line */            \
	TEXT(title)  /* "L-1042", a member's name */  \
	INT(messages)                                 \
	INT(unread)                                   \
	INT(last) /* UTC ms */                        \
	TEXT(last_author)                             \
	TEXT(last_body)                               \
	INT(writable) /* by the viewer, now */
RECORD_DECLARE(thread, THREAD_FIELDS);

#define MESSAGE_FIELDS(INT, TEXT)             \
	INT(thread)                           \
	INT(ms)                               \
	INT(account)                          \
	TEXT(author) /* "Mme Claire FABRE" */ \
	TEXT(title)  /* "maire de Lunel" */   \
	TEXT(body)                            \
	INT(mine)                             \
	INT(unread)
RECORD_DECLARE(message, MESSAGE_FIELDS);

/* A member's progress; never their choices. id is the account. */
#define PARTICIPATION_FIELDS(INT, TEXT)           \
	TEXT(name)                                \
	TEXT(title)                               \
	TEXT(communes) /* "Lunel", or "toutes" */ \
	TEXT(voice)                               \
	INT(units) /* entitled to */              \
	INT(cast)                                 \
	INT(drafts)                               \
	INT(last) /* UTC ms of the last ballot */ \
	INT(connected)                            \
	TEXT(login)
RECORD_DECLARE(participation, PARTICIPATION_FIELDS);

/* A unit's proposal. id is the unit. */
#define TALLY_FIELDS(INT, TEXT)                                       \
	TEXT(reference)                                               \
	TEXT(commune)                                                 \
	TEXT(result)   /* order, undecided, postponed */              \
	TEXT(proposal) /* "B A · C non", "B · à trancher : A C" */ \
	TEXT(sentence) /* explains it */                              \
	INT(entitled)  /* deliberative seats, recusals taken off */   \
	INT(took_part)                                                \
	INT(ballots) /* rankings counted */                           \
	INT(abstentions)                                              \
	INT(recusals)                                                 \
	INT(physical)                                                 \
	INT(casting_used) /* pairs the mayor's ballot decided */      \
	TEXT(outcome)                                                 \
	TEXT(outcome_text)
RECORD_DECLARE(tally_row, TALLY_FIELDS);

/* A candidate in a unit's proposal. id is the candidacy. */
#define STANDING_FIELDS(INT, TEXT)                            \
	TEXT(letter)                                          \
	TEXT(name)                                            \
	INT(place)    /* 0: none */                           \
	TEXT(verdict) /* ranked undecided refused unranked */ \
	INT(refusals) /* ballots that say non-attribution */  \
	TEXT(motives)                                         \
	INT(firsts) /* ballots that put it first */
RECORD_DECLARE(standing, STANDING_FIELDS);

/* How many ballots put one candidate above another. id is the upper one. */
#define PAIR_FIELDS(INT, TEXT) \
	INT(below)             \
	TEXT(above_letter)     \
	TEXT(below_letter)     \
	INT(votes)             \
	INT(against)           \
	TEXT(decided_by) /* majority casting nobody */
RECORD_DECLARE(pair, PAIR_FIELDS);

/* id is the candidacy. */
#define DECISION_FIELDS(INT, TEXT)                              \
	TEXT(letter)                                            \
	TEXT(name)                                              \
	TEXT(kind) /* "" attribution ranked conditional refusal \
	              inadmissible */                           \
	INT(rank)                                               \
	TEXT(motive)                                            \
	TEXT(condition)                                         \
	INT(due)     /* day */                                  \
	INT(decided) /* UTC ms */                               \
	TEXT(author)
RECORD_DECLARE(decision, DECISION_FIELDS);

#define ACCOUNT_FIELDS(INT, TEXT)                     \
	TEXT(login)                                   \
	TEXT(role)                                    \
	TEXT(state) /* new invited active disabled */ \
	TEXT(civility)                                \
	TEXT(given)                                   \
	TEXT(family)                                  \
	TEXT(title)                                   \
	INT(keys)                                     \
	INT(has_password)                             \
	INT(last_login)                               \
	INT(invited_until)
RECORD_DECLARE(account, ACCOUNT_FIELDS);

/* Shown once, when made. id is the account. */
#define INVITATION_FIELDS(INT, TEXT) \
	TEXT(login)                  \
	TEXT(code)                   \
	INT(until)
RECORD_DECLARE(invitation, INVITATION_FIELDS);

#define KEY_FIELDS(INT, TEXT) \
	TEXT(algorithm)       \
	TEXT(fingerprint)     \
	TEXT(label)           \
	INT(added)
RECORD_DECLARE(key, KEY_FIELDS);

/* A member's right to sit. */
#define MANDATE_FIELDS(INT, TEXT) \
	TEXT(title)               \
	TEXT(commune)             \
	TEXT(voice)               \
	INT(until) /* UTC ms; none: no known end */
RECORD_DECLARE(mandate, MANDATE_FIELDS);

/* One line of an import's report. id is the line in the file, 0 for none. */
#define REPORT_FIELDS(INT, TEXT)                         \
	TEXT(kind) /* total, fault, note */              \
	TEXT(column)                                     \
	TEXT(found) /* of a total: the sitting's code */ \
	TEXT(text)  /* "attendu : ...", or the note */   \
	INT(rows)                                        \
	INT(added)                                       \
	INT(changed)                                     \
	INT(same)
RECORD_DECLARE(report, REPORT_FIELDS);

/* A column that an import reads. */
#define HEADING_FIELDS(INT, TEXT) \
	TEXT(column)              \
	INT(mandatory)            \
	TEXT(expected) /* of its cells */
RECORD_DECLARE(heading, HEADING_FIELDS);

/* A step of the week. */
#define STEP_FIELDS(INT, TEXT)                                            \
	TEXT(name)  /* import check announce open close decide minutes */ \
	TEXT(state) /* done now todo */                                   \
	INT(ms)     /* when it was or will be, if known */                \
	TEXT(text)  /* what is missing */
RECORD_DECLARE(step, STEP_FIELDS);

/* Something staff should look at. id is a unit, or 0. */
#define ALARM_FIELDS(INT, TEXT)                     \
	TEXT(kind) /* few mismatch quorum silent */ \
	TEXT(text)
RECORD_DECLARE(alarm, ALARM_FIELDS);

/* A piece of a long text. id is its offset. */
#define PART_FIELDS(INT, TEXT)              \
	INT(total) /* bytes of the whole */ \
	TEXT(text)
RECORD_DECLARE(part, PART_FIELDS);
