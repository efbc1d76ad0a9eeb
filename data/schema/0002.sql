-- SPDX-License-Identifier: EUPL-1.2
-- Version 2. A mandate may begin or end while the sitting lasts: since when and
-- until when a member sits is part of their entitlement.

-- Who may see and vote on a unit, in what right: one row a member and unit,
-- their best capacity among those that last as long as the sitting, if one
-- does. casting marks the mayor's seat. since and until tell from when and up
-- to when they do; what they did meanwhile counts all the same.
DROP VIEW entitlement;
CREATE VIEW entitlement AS
SELECT u.id AS unit, u.sitting, c.account, c.id AS capacity, c.kind, c.title,
	c.voice, c.seat, c.precedence,
	CASE WHEN c.kind = 'mayor' THEN 1 ELSE 0 END AS casting,
	c.valid_from AS since,
	CASE WHEN c.valid_until < s.closes THEN c.valid_until
		ELSE 9223372036854775807 END AS until
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
	AND (CASE WHEN d.valid_until < s.closes THEN 1 ELSE 0 END,
		CASE WHEN d.kind = 'mayor' THEN 0 ELSE 1 END,
		CASE WHEN d.voice = 'deliberative' THEN 0 ELSE 1 END,
		d.precedence, d.id)
		< (CASE WHEN c.valid_until < s.closes THEN 1 ELSE 0 END,
		CASE WHEN c.kind = 'mayor' THEN 0 ELSE 1 END,
		CASE WHEN c.voice = 'deliberative' THEN 0 ELSE 1 END,
		c.precedence, c.id));

-- A member's title, for every screen: the first capacity's of those that last
-- longest.
DROP VIEW member_title;
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
		WHERE c.account = a.id
		ORDER BY coalesce(c.valid_until, 9223372036854775807) DESC, c.id
		LIMIT 1), '') END AS title
FROM account a;
