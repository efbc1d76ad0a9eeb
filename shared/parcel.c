/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/parcel.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for the descriptors, aligned as the kernel wants it. */
union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(PARCEL_FDS * sizeof(int))];
};

enum err
parcel_pair(int ends[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return err_from_errno(errno);
	return ERR_OK;
}

enum err
parcel_send(int socket, const void *body, size_t n, const int *fds,
    size_t n_fds)
{
	union control control = { 0 };
	struct iovec part = { .iov_base = (void *)(size_t)body, .iov_len = n };
	struct msghdr msg = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t sent;

	if (n > PARCEL_CAP || n_fds > PARCEL_FDS)
		return ERR_LIMIT;
	if (n_fds > 0) {
		struct cmsghdr *head;

		msg.msg_control = control.bytes;
		msg.msg_controllen = CMSG_SPACE(n_fds * sizeof(int));
		head = CMSG_FIRSTHDR(&msg);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(n_fds * sizeof(int));
		memcpy(CMSG_DATA(head), fds, n_fds * sizeof(int));
	}
	do
		sent = sendmsg(socket, &msg, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? err_from_errno(errno) : ERR_OK;
}

/* Moves the descriptors a datagram carried into the parcel. */
static void
collect(struct parcel *parcel, struct msghdr *msg)
{
	for (struct cmsghdr *head = CMSG_FIRSTHDR(msg); head != NULL;
	     head = CMSG_NXTHDR(msg, head)) {
		size_t n;

		if (head->cmsg_level != SOL_SOCKET ||
		    head->cmsg_type != SCM_RIGHTS)
			continue;
		n = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < n && parcel->n_fds < PARCEL_FDS; i++)
			memcpy(&parcel->fds[parcel->n_fds++],
			    CMSG_DATA(head) + i * sizeof(int), sizeof(int));
	}
}

enum err
parcel_receive(int socket, struct parcel *parcel)
{
	union control control = { 0 };
	struct iovec part = { parcel->body, sizeof parcel->body };
	struct msghdr msg = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes };
	ssize_t n;

	parcel->n = 0;
	parcel->n_fds = 0;
	do
		n = recvmsg(socket, &msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_from_errno(errno);
	collect(parcel, &msg);
	if ((msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		parcel_done(parcel);
		return ERR_PROTOCOL;
	}
	if (n == 0) {
		parcel_done(parcel);
		return ERR_GONE;
	}
	parcel->n = (size_t)n;
	return ERR_OK;
}

void
parcel_done(struct parcel *parcel)
{
	for (size_t i = 0; i < parcel->n_fds; i++)
		if (parcel->fds[i] >= 0)
			close(parcel->fds[i]);
	parcel->n_fds = 0;
}
