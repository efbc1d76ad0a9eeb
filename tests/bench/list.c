/* SPDX-License-Identifier: EUPL-1.2 */
#include <curses.h>
#include <locale.h>

/*
 * list: 200 rows, one of them chosen; what a terminal program at its smallest
 * costs, for OpenSSH to serve beside caleol.
 */
enum {
	ROWS = 200,
	SHOWN = 22,
};

static void
draw_row(int chosen, int top, int i)
{
	attrset(i == chosen ? A_REVERSE : A_NORMAL);
	mvprintw(1 + i - top, 0,
	    " L-%04d  Les Tamaris, %3d rue du Mas  T%d  %d,%d m2  %d,%02d EUR",
	    1000 + i, i + 1, 1 + i % 5, 30 + i % 60, i % 10, 250 + i * 3,
	    i % 100);
	clrtoeol();
}

static void
draw(int chosen, int top)
{
	attrset(A_BOLD);
	mvprintw(0, 0, " LISTE : %d logements", ROWS);
	for (int i = top; i < top + SHOWN && i < ROWS; i++)
		draw_row(chosen, top, i);
	attrset(A_NORMAL);
	mvaddstr(1 + SHOWN, 0, " haut, bas : choisir   q quitter");
	move(1 + chosen - top, 0);
	refresh();
}

int
main(void)
{
	int chosen = 0, top = 0, key = 0;

	setlocale(LC_ALL, "C.UTF-8");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	do {
		if (key == KEY_DOWN && chosen + 1 < ROWS)
			chosen++;
		if (key == KEY_UP && chosen > 0)
			chosen--;
		if (chosen < top)
			top = chosen;
		if (chosen >= top + SHOWN)
			top = chosen - SHOWN + 1;
		draw(chosen, top);
	} while ((key = getch()) != 'q' && key != ERR);
	endwin();
	return 0;
}
