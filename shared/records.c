/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/records.h"

#include <string.h>

/*
 * Each field list is expanded into a table of names and offsets. The list's
 * macros take only a field's name, so the noun is found through NOUN.
 */
#define ENTRY(kind, field) { #field, kind, offsetof(struct NOUN, field) },
#define ENTRY_INT(field) ENTRY(FIELD_INT, field)
#define ENTRY_TEXT(field) ENTRY(FIELD_TEXT, field)
#define RECORD(name, LIST)                                                \
	static const struct field name##_fields[] = { ENTRY_INT(id)       \
		    LIST(ENTRY_INT, ENTRY_TEXT) };                        \
	const struct record name##_record = { #name, sizeof(struct name), \
		sizeof name##_fields / sizeof *name##_fields, name##_fields }

#define NOUN me
RECORD(me, ME_FIELDS);
#undef NOUN

#define NOUN sitting
RECORD(sitting, SITTING_FIELDS);
#undef NOUN

#define NOUN sitting_event
RECORD(sitting_event, EVENT_FIELDS);
#undef NOUN

#define NOUN unit
RECORD(unit, UNIT_FIELDS);
#undef NOUN

#define NOUN candidacy
RECORD(candidacy, CANDIDACY_FIELDS);
#undef NOUN

#define NOUN choice_row
RECORD(choice_row, CHOICE_FIELDS);
#undef NOUN

#define NOUN receipt
RECORD(receipt, RECEIPT_FIELDS);
#undef NOUN

#define NOUN thread
RECORD(thread, THREAD_FIELDS);
#undef NOUN

#define NOUN message
RECORD(message, MESSAGE_FIELDS);
#undef NOUN

#define NOUN participation
RECORD(participation, PARTICIPATION_FIELDS);
#undef NOUN

#define NOUN tally_row
RECORD(tally_row, TALLY_FIELDS);
#undef NOUN

#define NOUN standing
RECORD(standing, STANDING_FIELDS);
#undef NOUN

#define NOUN pair
RECORD(pair, PAIR_FIELDS);
#undef NOUN

#define NOUN decision
RECORD(decision, DECISION_FIELDS);
#undef NOUN

#define NOUN account
RECORD(account, ACCOUNT_FIELDS);
#undef NOUN

#define NOUN invitation
RECORD(invitation, INVITATION_FIELDS);
#undef NOUN

#define NOUN key
RECORD(key, KEY_FIELDS);
#undef NOUN

#define NOUN mandate
RECORD(mandate, MANDATE_FIELDS);
#undef NOUN

#define NOUN report
RECORD(report, REPORT_FIELDS);
#undef NOUN
#define NOUN heading
RECORD(heading, HEADING_FIELDS);
#undef NOUN

#define NOUN step
RECORD(step, STEP_FIELDS);
#undef NOUN

#define NOUN alarm
RECORD(alarm, ALARM_FIELDS);
#undef NOUN

#define NOUN part
RECORD(part, PART_FIELDS);
#undef NOUN

bool
me_is_member(const struct me *me)
{
	return strcmp(me->role, "official") == 0;
}
