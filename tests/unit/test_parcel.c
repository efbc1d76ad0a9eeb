/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/parcel.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"

static struct parcel parcel;

/* A descriptor that reads text. */
static int
reader_of(const char *text)
{
	int ends[2];

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	CHECK(write(ends[1], text, strlen(text)) == (ssize_t)strlen(text));
	close(ends[1]);
	return ends[0];
}

static void
a_body_and_its_descriptors_arrive(void)
{
	int ends[2], fds[PARCEL_FDS];
	char text[8] = "";

	CHECK_OK(parcel_pair(ends));
	for (int i = 0; i < PARCEL_FDS; i++)
		fds[i] = reader_of((char[]){ (char)('a' + i), '\0' });
	CHECK_OK(parcel_send(ends[0], "corps", 5, fds, PARCEL_FDS));
	CHECK_OK(parcel_send(ends[0], "seul", 4, NULL, 0));
	CHECK_OK(parcel_receive(ends[1], &parcel));
	CHECK_INT(parcel.n, 5);
	CHECK(memcmp(parcel.body, "corps", 5) == 0);
	CHECK_INT(parcel.n_fds, PARCEL_FDS);
	for (int i = 0; i < PARCEL_FDS; i++) {
		CHECK(fcntl(parcel.fds[i], F_GETFD) & FD_CLOEXEC);
		CHECK(read(parcel.fds[i], text, sizeof text) == 1);
		CHECK_INT(text[0], 'a' + i);
		close(fds[i]);
	}
	parcel_done(&parcel);
	CHECK_OK(parcel_receive(ends[1], &parcel));
	CHECK_INT(parcel.n, 4);
	CHECK_INT(parcel.n_fds, 0);
	close(ends[0]);
	CHECK_ERR(parcel_receive(ends[1], &parcel), ERR_GONE);
	CHECK_ERR(parcel_send(ends[1], "x", 1, NULL, 0), ERR_GONE);
	close(ends[1]);
}

static void
a_full_or_empty_socket_does_not_block(void)
{
	static char body[PARCEL_CAP];
	int ends[2];
	enum err e;

	CHECK_OK(parcel_pair(ends));
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	CHECK_ERR(parcel_receive(ends[1], &parcel), ERR_BUSY);
	while ((e = parcel_send(ends[0], body, sizeof body, NULL, 0)) == ERR_OK)
		;
	CHECK_ERR(e, ERR_BUSY);
	CHECK_OK(parcel_receive(ends[1], &parcel));
	CHECK_INT(parcel.n, PARCEL_CAP);
	CHECK_OK(parcel_send(ends[0], body, sizeof body, NULL, 0));
	close(ends[0]);
	close(ends[1]);
}

static void
what_is_too_much_is_refused(void)
{
	static char body[PARCEL_CAP + 1];
	int ends[2], fds[PARCEL_FDS + 1] = { 0 };

	CHECK_OK(parcel_pair(ends));
	CHECK_ERR(parcel_send(ends[0], body, sizeof body, NULL, 0), ERR_LIMIT);
	CHECK_ERR(parcel_send(ends[0], "x", 1, fds, PARCEL_FDS + 1), ERR_LIMIT);
	/* From one that does not ask us. */
	CHECK(send(ends[0], body, sizeof body, 0) > 0);
	CHECK_ERR(parcel_receive(ends[1], &parcel), ERR_PROTOCOL);
	CHECK_INT(parcel.n_fds, 0);
	close(ends[0]);
	close(ends[1]);
}

/* Sends one descriptor more than a parcel holds, as parcel_send() never. */
static void
send_seven(int socket, int fd)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(7 * sizeof(int))];
	} control = { 0 };
	struct iovec part = { (char[]){ 'x' }, 1 };
	struct msghdr msg = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes };

	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(7 * sizeof(int));
	for (size_t i = 0; i < 7; i++)
		memcpy(CMSG_DATA(&control.head) + i * sizeof fd, &fd,
		    sizeof fd);
	CHECK(sendmsg(socket, &msg, 0) == 1);
}

static void
too_many_descriptors_are_closed(void)
{
	int ends[2], before, after;

	CHECK_OK(parcel_pair(ends));
	before = dup(0);
	send_seven(ends[0], before);
	CHECK_ERR(parcel_receive(ends[1], &parcel), ERR_PROTOCOL);
	CHECK_INT(parcel.n_fds, 0);
	after = dup(0);
	CHECK_INT(after, before + 1); /* none was left open between */
	close(after);
	close(before);
	close(ends[0]);
	close(ends[1]);
}

static const struct check_case cases[] = {
	{ "a body and its descriptors arrive",
	    a_body_and_its_descriptors_arrive },
	{ "a full or empty socket does not block",
	    a_full_or_empty_socket_does_not_block },
	{ "what is too much is refused", what_is_too_much_is_refused },
	{ "too many descriptors are closed", too_many_descriptors_are_closed },
};

CHECK_MAIN(cases)
