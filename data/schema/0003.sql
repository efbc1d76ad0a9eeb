-- SPDX-License-Identifier: EUPL-1.2
-- Version 3. An account may choose sessions in lines, whatever its terminal.
ALTER TABLE account ADD COLUMN linear INTEGER NOT NULL DEFAULT 0
	CHECK (linear IN (0, 1));
