/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/print_report.h"

#include <stdio.h>

#include "shared/report_text.h"

bool
print_report(const struct rows *rows, bool trial)
{
	const struct report *row = rows->at;
	bool good = true;

	for (size_t i = 0; i < rows->n; i++) {
		struct buf line = { 0 };
		bool fault = report_is_fault(&row[i]);

		report_put(&line, &row[i], trial);
		fprintf(fault ? stderr : stdout, "%s\n", buf_text(&line));
		buf_done(&line);
		good = good && !fault;
	}
	if (!good)
		fputs("Rien n'a été importé : corrigez ces lignes et "
		      "recommencez.\n",
		    stderr);
	return good;
}
