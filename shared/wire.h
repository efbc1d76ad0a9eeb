/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shared/buf.h"

/*
 * wire: what a desk and the registry say to each other.
 *
 * A frame is a big-endian u32 length and as many bytes of MessagePack, at most
 * WIRE_CAP. Each frame holds one array:
 *
 *	ask	[seq > 0, name, key, argument...]	desk -> registry
 *	answer	[seq > 0, err, detail, [row...]]	registry -> desk
 *	push	[0, topic, id]				registry -> desk
 *
 * key is 16 random bytes the desk makes for an ask that changes something (nil
 * for a read): the same key returns the first answer. A row is an array of
 * integers, strings, byte strings and nils. detail is a French sentence, empty
 * when err says enough.
 *
 * Texts on the wire are UTF-8 and hold no NUL.
 */
enum {
	WIRE_CAP = 1 << 20,
	WIRE_HEAD = 4,
	WIRE_KEY = 16,
};

/* Begins a frame at the end of out; returns the mark wire_end() needs. */
size_t wire_begin(struct buf *out);

/* Writes the frame's length. ERR_LIMIT, and the frame taken back, when it is
 * over WIRE_CAP; out->err when an append failed. */
enum err wire_end(struct buf *out, size_t mark);

/* Append a value; an array's n elements follow. A failure is out's. */
void wire_array(struct buf *out, size_t n);
void wire_int(struct buf *out, int64_t value);
void wire_text(struct buf *out, const char *text);
void wire_bytes(struct buf *out, const void *bytes, size_t n);
void wire_nil(struct buf *out);

/* An ask, whole but for the frame's length. types has a letter for each of the
 * arguments in ap: i int64_t, t const char *, b const void * and size_t. */
void wire_ask(struct buf *out, int64_t seq, const char *name,
    const unsigned char key[WIRE_KEY], const char *types, va_list ap);

enum wire_kind {
	WIRE_NIL,
	WIRE_INT,
	WIRE_TEXT,
	WIRE_BYTES,
	WIRE_ARRAY,
};

/* One value read; text and bytes point into the message, without a NUL. */
struct wire_value {
	enum wire_kind kind;
	int64_t i;
	const char *at;
	size_t n; /* bytes, or elements of an array */
};

/*
 * wire_in: one received frame being read, left to right, arrays flattened: an
 * array is met as a WIRE_ARRAY value with its count, then its elements.
 */
struct wire_in {
	const unsigned char *at;
	size_t left;
};

/* Whether in holds a whole frame. *size is its length with the head, set only
 * then. ERR_PROTOCOL when the head announces more than WIRE_CAP. */
enum err wire_framed(const struct buf *in, size_t *size, bool *whole);

/* A reader of a frame's body (its head not included). */
struct wire_in wire_open(const void *body, size_t n);

/* The next value. ERR_PROTOCOL at the end, for a kind that is none of ours, an
 * integer out of int64_t, a text that holds a NUL, a truncated body. */
enum err wire_take(struct wire_in *in, struct wire_value *value);

/* The next value, which must be of that kind. */
enum err wire_take_int(struct wire_in *in, int64_t *value);
enum err wire_take_array(struct wire_in *in, size_t *n);

/* The head of a parcel: an array whose first element is a word. *n (may be
 * NULL) is how many elements there are, the word among them. */
enum {
	WIRE_WORD_CAP = 16,
};
enum err wire_take_word(struct wire_in *in, char word[WIRE_WORD_CAP],
    size_t *n);

/* Copies the next text, NUL-terminated. ERR_LIMIT when it does not fit. */
enum err wire_take_text(struct wire_in *in, char *text, size_t room);
