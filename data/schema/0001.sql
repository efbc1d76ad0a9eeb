-- SPDX-License-Identifier: EUPL-1.2
-- Version 1. Money in cents, rates in basis points, times in UTC ms, days
-- counted from 1970-01-01, surfaces in hundredths of m², flags 0 or 1.

CREATE TABLE landlord (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

-- One commission per agency or territory.
CREATE TABLE commission (
	id INTEGER PRIMARY KEY,
	landlord INTEGER NOT NULL REFERENCES landlord (id),
	agency TEXT NOT NULL,
	name TEXT NOT NULL
) STRICT;

-- The règlement intérieur's settings; a sitting keeps the version it opened by.
CREATE TABLE rule (
	commission INTEGER NOT NULL REFERENCES commission (id),
	version INTEGER NOT NULL,
	opens_on INTEGER NOT NULL DEFAULT 3 CHECK (opens_on BETWEEN 1 AND 7),
	opens_at INTEGER NOT NULL DEFAULT 540 CHECK (opens_at BETWEEN 0 AND 1439),
	closes_on INTEGER NOT NULL DEFAULT 4 CHECK (closes_on BETWEEN 1 AND 7),
	closes_at INTEGER NOT NULL DEFAULT 780
		CHECK (closes_at BETWEEN 0 AND 1439),
	quorum INTEGER NOT NULL DEFAULT 3 CHECK (quorum >= 0),
	method TEXT NOT NULL DEFAULT 'pairwise'
		CHECK (method IN ('pairwise', 'borda', 'first')),
	anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1)),
	readable_ms INTEGER NOT NULL DEFAULT 86400000 CHECK (readable_ms >= 0),
	PRIMARY KEY (commission, version)
) STRICT;

CREATE TABLE commune (
	insee TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	epci TEXT NOT NULL DEFAULT ''
) STRICT;

-- A person who may come in: member of a commission, or the agency's staff.
CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	role TEXT NOT NULL CHECK (role IN ('official', 'staff', 'admin')),
	disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
	civility TEXT NOT NULL DEFAULT '',
	given TEXT NOT NULL DEFAULT '',
	family TEXT NOT NULL,
	password TEXT, -- Argon2id
	invitation TEXT, -- Argon2id of a code that works once
	invited_until INTEGER,
	created INTEGER NOT NULL
) STRICT;

CREATE TABLE account_key (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	algorithm TEXT NOT NULL,
	sha256 BLOB NOT NULL, -- of the public key's SSH wire form
	fingerprint TEXT NOT NULL,
	label TEXT NOT NULL DEFAULT '',
	added INTEGER NOT NULL,
	UNIQUE (account, sha256)
) STRICT;

-- In what right a member sits. The best of several counts on a unit, once.
CREATE TABLE capacity (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	commission INTEGER NOT NULL REFERENCES commission (id),
	kind TEXT NOT NULL CHECK (kind IN
		('landlord', 'state', 'epci', 'mayor', 'holder', 'other')),
	title TEXT NOT NULL, -- as written: "représentant du maire"
	voice TEXT NOT NULL CHECK (voice IN ('deliberative', 'consultative')),
	presides INTEGER NOT NULL DEFAULT 0 CHECK (presides IN (0, 1)),
	commune TEXT REFERENCES commune (insee), -- NULL: all
	epci TEXT, -- NULL: all
	holder TEXT, -- NULL: all
	seat TEXT NOT NULL, -- one voice a seat: 'mayor:34145', 'p:lopez'
	precedence INTEGER NOT NULL DEFAULT 0, -- 0 speaks for the seat first
	valid_from INTEGER NOT NULL DEFAULT 0,
	valid_until INTEGER,
	CHECK (kind <> 'mayor' OR commune IS NOT NULL)
) STRICT;
CREATE INDEX capacity_by_account ON capacity (account, commission);
CREATE INDEX capacity_by_commune ON capacity (commission, commune);

CREATE TABLE sitting (
	id INTEGER PRIMARY KEY,
	commission INTEGER NOT NULL REFERENCES commission (id),
	code TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'announced', 'open',
		'closed', 'decided', 'signed', 'archived', 'cancelled')),
	opens INTEGER NOT NULL,
	closes INTEGER NOT NULL,
	rule_version INTEGER NOT NULL,
	FOREIGN KEY (commission, rule_version) REFERENCES rule (commission, version),
	UNIQUE (commission, code),
	CHECK (opens < closes)
) STRICT;
CREATE INDEX sitting_by_state ON sitting (state, opens);
CREATE INDEX sitting_by_opens ON sitting (opens);

CREATE TABLE sitting_event (
	id INTEGER PRIMARY KEY,
	sitting INTEGER NOT NULL REFERENCES sitting (id),
	ms INTEGER NOT NULL,
	kind TEXT NOT NULL,
	account INTEGER REFERENCES account (id), -- NULL: the clock
	text TEXT NOT NULL
) STRICT;
CREATE INDEX sitting_event_by_sitting ON sitting_event (sitting);

-- A dwelling as presented in a sitting; frozen at opening.
CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	sitting INTEGER NOT NULL REFERENCES sitting (id),
	reference TEXT NOT NULL,
	rpls TEXT NOT NULL DEFAULT '',
	residence TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	insee TEXT NOT NULL REFERENCES commune (insee),
	qpv INTEGER NOT NULL DEFAULT 0 CHECK (qpv IN (0, 1)),
	type TEXT NOT NULL,
	surface INTEGER NOT NULL CHECK (surface > 0),
	floor INTEGER,
	lift INTEGER NOT NULL DEFAULT 0 CHECK (lift IN (0, 1)),
	pmr INTEGER NOT NULL DEFAULT 0 CHECK (pmr IN (0, 1)),
	financing TEXT NOT NULL,
	dpe TEXT NOT NULL DEFAULT '',
	rent INTEGER NOT NULL CHECK (rent >= 0),
	annexes INTEGER NOT NULL DEFAULT 0 CHECK (annexes >= 0),
	charges INTEGER NOT NULL DEFAULT 0 CHECK (charges >= 0),
	heating TEXT NOT NULL DEFAULT '',
	water TEXT NOT NULL DEFAULT '',
	built INTEGER,
	first_letting INTEGER NOT NULL DEFAULT 0 CHECK (first_letting IN (0, 1)),
	available INTEGER NOT NULL,
	holder TEXT NOT NULL DEFAULT '',
	few_reason TEXT NOT NULL DEFAULT '',
	outcome TEXT NOT NULL DEFAULT ''
		CHECK (outcome IN ('', 'decided', 'postponed')),
	outcome_reason TEXT NOT NULL DEFAULT '',
	UNIQUE (sitting, reference)
) STRICT;

-- An applicant's household, on a unit, in a sitting; frozen at opening.
CREATE TABLE candidacy (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES unit (id),
	position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 26),
	nur TEXT NOT NULL,
	family TEXT NOT NULL,
	given TEXT NOT NULL DEFAULT '',
	birth INTEGER NOT NULL,
	age INTEGER NOT NULL,
	adults INTEGER NOT NULL CHECK (adults >= 1),
	children TEXT NOT NULL DEFAULT '', -- births, ISO dates
	children_ages TEXT NOT NULL DEFAULT '',
	n_children INTEGER NOT NULL DEFAULT 0,
	shared_custody INTEGER NOT NULL DEFAULT 0
		CHECK (shared_custody IN (0, 1)),
	expected_births INTEGER NOT NULL DEFAULT 0,
	occupation TEXT NOT NULL DEFAULT '',
	contract TEXT NOT NULL DEFAULT '',
	resources INTEGER NOT NULL CHECK (resources >= 0),
	rfr INTEGER,
	other_charges INTEGER NOT NULL DEFAULT 0,
	housing_status TEXT NOT NULL DEFAULT '',
	housing_type TEXT NOT NULL DEFAULT '',
	housing_rent INTEGER,
	housing_persons INTEGER,
	residence_commune TEXT NOT NULL DEFAULT '',
	work_commune TEXT NOT NULL DEFAULT '',
	requested INTEGER NOT NULL,
	request_age INTEGER NOT NULL,
	motive TEXT NOT NULL DEFAULT '',
	dalo INTEGER NOT NULL DEFAULT 0 CHECK (dalo IN (0, 1)),
	priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1)),
	transfer INTEGER NOT NULL DEFAULT 0 CHECK (transfer IN (0, 1)),
	points INTEGER,
	apl INTEGER NOT NULL DEFAULT 0,
	effort INTEGER, -- NULL: non calculable
	residual INTEGER,
	consumption INTEGER NOT NULL,
	ceiling INTEGER,
	imported_effort INTEGER,
	imported_residual INTEGER,
	mismatch INTEGER NOT NULL DEFAULT 0 CHECK (mismatch IN (0, 1)),
	missing TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	UNIQUE (unit, nur),
	UNIQUE (unit, position)
) STRICT;

-- Every version is kept; the last one of a member on a unit counts.
CREATE TABLE ballot (
	id INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES unit (id),
	account INTEGER NOT NULL REFERENCES account (id),
	version INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN
		('ranking', 'abstention', 'recusal', 'physical')),
	ranking TEXT NOT NULL DEFAULT '',
	refusals TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	summary TEXT NOT NULL,
	cast_ms INTEGER NOT NULL,
	entered_by INTEGER REFERENCES account (id),
	receipt TEXT NOT NULL,
	UNIQUE (unit, account, version)
) STRICT;
CREATE TRIGGER ballot_kept BEFORE DELETE ON ballot
BEGIN SELECT raise(ABORT, 'a ballot is kept'); END;
CREATE TRIGGER ballot_fixed BEFORE UPDATE ON ballot
BEGIN SELECT raise(ABORT, 'a ballot is fixed'); END;

CREATE VIEW last_ballot AS
SELECT b.* FROM ballot b
WHERE b.version = (SELECT max(v.version) FROM ballot v
	WHERE v.unit = b.unit AND v.account = b.account);

CREATE TABLE draft (
	unit INTEGER NOT NULL REFERENCES unit (id),
	account INTEGER NOT NULL REFERENCES account (id),
	kind TEXT NOT NULL,
	ranking TEXT NOT NULL,
	refusals TEXT NOT NULL,
	reason TEXT NOT NULL,
	summary TEXT NOT NULL,
	saved INTEGER NOT NULL,
	PRIMARY KEY (unit, account)
) STRICT;

CREATE TABLE thread (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('discussion', 'help', 'announcement')),
	sitting INTEGER REFERENCES sitting (id),
	unit INTEGER UNIQUE REFERENCES unit (id),
	account INTEGER UNIQUE REFERENCES account (id),
	CHECK ((kind = 'discussion') = (unit IS NOT NULL)),
	CHECK ((kind = 'help') = (account IS NOT NULL)),
	CHECK ((kind = 'help') = (sitting IS NULL))
) STRICT;
CREATE INDEX thread_by_sitting ON thread (sitting);
-- A unit, a member, a sitting are never without the place to speak of them.
CREATE TRIGGER thread_of_unit AFTER INSERT ON unit
BEGIN INSERT INTO thread (kind, sitting, unit)
	VALUES ('discussion', new.sitting, new.id); END;
CREATE TRIGGER thread_of_account AFTER INSERT ON account
WHEN new.role = 'official'
BEGIN INSERT INTO thread (kind, account) VALUES ('help', new.id); END;
CREATE TRIGGER thread_of_sitting AFTER INSERT ON sitting
BEGIN INSERT INTO thread (kind, sitting)
	VALUES ('announcement', new.id); END;

CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	thread INTEGER NOT NULL REFERENCES thread (id),
	account INTEGER REFERENCES account (id), -- NULL: the clock
	title TEXT NOT NULL, -- the author's, then
	ms INTEGER NOT NULL,
	body TEXT NOT NULL,
	entry INTEGER NOT NULL REFERENCES journal (seq)
) STRICT;
CREATE INDEX message_by_thread ON message (thread, id);

CREATE TABLE read_mark (
	thread INTEGER NOT NULL REFERENCES thread (id),
	account INTEGER NOT NULL REFERENCES account (id),
	message INTEGER NOT NULL,
	PRIMARY KEY (thread, account)
) STRICT;

CREATE TABLE decision (
	candidacy INTEGER PRIMARY KEY REFERENCES candidacy (id),
	kind TEXT NOT NULL CHECK (kind IN ('attribution', 'ranked',
		'conditional', 'refusal', 'inadmissible')),
	rank INTEGER,
	motive TEXT NOT NULL DEFAULT '',
	condition TEXT NOT NULL DEFAULT '',
	due INTEGER,
	decided INTEGER NOT NULL,
	account INTEGER NOT NULL REFERENCES account (id),
	entry INTEGER NOT NULL REFERENCES journal (seq)
) STRICT;

-- The canonical text, signed; a correction would be a new version.
CREATE TABLE minutes (
	sitting INTEGER NOT NULL REFERENCES sitting (id),
	version INTEGER NOT NULL,
	ms INTEGER NOT NULL,
	body TEXT NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (sitting, version)
) STRICT;

-- A signed head of the journal, at each closing.
CREATE TABLE head (
	seq INTEGER PRIMARY KEY,
	ms INTEGER NOT NULL,
	body TEXT NOT NULL,
	signature TEXT NOT NULL
) STRICT;

CREATE TABLE import (
	id INTEGER PRIMARY KEY,
	ms INTEGER NOT NULL,
	sitting INTEGER REFERENCES sitting (id),
	kind TEXT NOT NULL,
	sha256 BLOB NOT NULL,
	rows INTEGER NOT NULL,
	added INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	account INTEGER REFERENCES account (id)
) STRICT;

-- Append-only, hash-chained. The body can be erased, the link cannot.
CREATE TABLE journal (
	seq INTEGER PRIMARY KEY,
	ms INTEGER NOT NULL,
	kind TEXT NOT NULL,
	commitment BLOB NOT NULL,
	prev BLOB NOT NULL,
	hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;

CREATE TABLE journal_body (
	seq INTEGER PRIMARY KEY REFERENCES journal (seq),
	salt BLOB NOT NULL,
	body TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_body_fixed BEFORE UPDATE ON journal_body
BEGIN SELECT raise(ABORT, 'a journal body is fixed'); END;

-- Who came in, who failed to, which file staff read.
CREATE TABLE security_log (
	id INTEGER PRIMARY KEY,
	ms INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('login', 'refused', 'read')),
	account INTEGER, -- NULL: no such account
	login TEXT NOT NULL,
	source TEXT NOT NULL,
	detail TEXT NOT NULL
) STRICT;
CREATE INDEX security_log_by_login ON security_log (login, kind, id);
CREATE INDEX security_log_by_failure ON security_log (login, source, ms)
WHERE kind = 'refused' AND detail = 'password';

-- First answers, so that an ask repeated after a cut is done once.
CREATE TABLE answered (
	account INTEGER NOT NULL,
	key BLOB NOT NULL,
	ms INTEGER NOT NULL,
	answer BLOB NOT NULL,
	PRIMARY KEY (account, key)
) STRICT;
CREATE INDEX answered_by_ms ON answered (ms);

-- Who may see and vote on a unit, in what right: one row a member and unit,
-- their best capacity. casting marks the mayor's seat.
CREATE VIEW entitlement AS
SELECT u.id AS unit, u.sitting, c.account, c.id AS capacity, c.kind, c.title,
	c.voice, c.seat, c.precedence,
	CASE WHEN c.kind = 'mayor' THEN 1 ELSE 0 END AS casting
FROM unit u
JOIN sitting s ON s.id = u.sitting
JOIN commune o ON o.insee = u.insee
JOIN capacity c ON c.commission = s.commission
	AND (c.commune IS NULL OR c.commune = u.insee)
	AND (c.epci IS NULL OR c.epci = o.epci)
	AND (c.holder IS NULL OR c.holder = u.holder)
	AND c.valid_from < s.closes
	AND (c.valid_until IS NULL OR c.valid_until > s.opens)
WHERE NOT EXISTS (SELECT 1 FROM capacity d
	WHERE d.account = c.account AND d.commission = s.commission
	AND (d.commune IS NULL OR d.commune = u.insee)
	AND (d.epci IS NULL OR d.epci = o.epci)
	AND (d.holder IS NULL OR d.holder = u.holder)
	AND d.valid_from < s.closes
	AND (d.valid_until IS NULL OR d.valid_until > s.opens)
	AND (CASE WHEN d.kind = 'mayor' THEN 0 ELSE 1 END,
		CASE WHEN d.voice = 'deliberative' THEN 0 ELSE 1 END,
		d.precedence, d.id)
		< (CASE WHEN c.kind = 'mayor' THEN 0 ELSE 1 END,
		CASE WHEN c.voice = 'deliberative' THEN 0 ELSE 1 END,
		c.precedence, c.id));

-- A member's title, for every screen: their first capacity's.
CREATE VIEW member_title AS
SELECT a.id AS account,
	CASE WHEN a.role <> 'official' THEN 'agence'
	ELSE coalesce((SELECT c.title || CASE WHEN o.name IS NULL THEN ''
			WHEN substr(o.name, 1, 3) = 'Le ' THEN ' du '
				|| substr(o.name, 4)
			WHEN substr(o.name, 1, 1) IN ('A', 'E', 'I', 'O', 'U', 'Y',
				'É', 'È', 'H') THEN ' d''' || o.name
			ELSE ' de ' || o.name END
		FROM capacity c LEFT JOIN commune o ON o.insee = c.commune
		WHERE c.account = a.id ORDER BY c.id LIMIT 1), '') END AS title
FROM account a;
