/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/wire.h"

#include <msgpack.h>
#include <string.h>

/* msgpack-c's packers write here. */
static int
append(void *data, const char *bytes, size_t n)
{
	struct buf *out = data;

	buf_add(out, bytes, n);
	return out->err == ERR_OK ? 0 : -1;
}

static msgpack_packer
packer(struct buf *out)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, append);
	return pk;
}

static void
put_u32(unsigned char *at, size_t n)
{
	for (int i = 3; i >= 0; i--) {
		at[i] = n & 0xff;
		n >>= 8;
	}
}

size_t
wire_begin(struct buf *out)
{
	size_t mark = out->n;

	buf_add(out, "\0\0\0", WIRE_HEAD);
	return mark;
}

enum err
wire_end(struct buf *out, size_t mark)
{
	size_t n;

	if (out->err != ERR_OK)
		return out->err;
	n = out->n - mark - WIRE_HEAD;
	if (n > WIRE_CAP) {
		out->n = mark;
		return ERR_LIMIT;
	}
	put_u32(out->at + mark, n);
	return ERR_OK;
}

void
wire_array(struct buf *out, size_t n)
{
	msgpack_packer pk = packer(out);

	msgpack_pack_array(&pk, n);
}

void
wire_int(struct buf *out, int64_t value)
{
	msgpack_packer pk = packer(out);

	msgpack_pack_int64(&pk, value);
}

void
wire_text(struct buf *out, const char *text)
{
	msgpack_packer pk = packer(out);
	size_t n = strlen(text);

	msgpack_pack_str(&pk, n);
	msgpack_pack_str_body(&pk, text, n);
}

void
wire_bytes(struct buf *out, const void *bytes, size_t n)
{
	msgpack_packer pk = packer(out);

	msgpack_pack_bin(&pk, n);
	msgpack_pack_bin_body(&pk, bytes, n);
}

void
wire_nil(struct buf *out)
{
	msgpack_packer pk = packer(out);

	msgpack_pack_nil(&pk);
}

void
wire_ask(struct buf *out, int64_t seq, const char *name,
    const unsigned char key[WIRE_KEY], const char *types, va_list ap)
{
	wire_array(out, 3 + strlen(types));
	wire_int(out, seq);
	wire_text(out, name);
	wire_bytes(out, key, WIRE_KEY);
	for (; *types != '\0'; types++)
		if (*types == 'i') {
			wire_int(out, va_arg(ap, int64_t));
		} else if (*types == 't') {
			wire_text(out, va_arg(ap, const char *));
		} else {
			const void *bytes = va_arg(ap, const void *);

			wire_bytes(out, bytes, va_arg(ap, size_t));
		}
}

enum err
wire_framed(const struct buf *in, size_t *size, bool *whole)
{
	size_t n = 0;

	*whole = false;
	if (in->n < WIRE_HEAD)
		return ERR_OK;
	for (int i = 0; i < WIRE_HEAD; i++)
		n = n << 8 | in->at[i];
	if (n > WIRE_CAP)
		return ERR_PROTOCOL;
	if (in->n - WIRE_HEAD >= n) {
		*size = WIRE_HEAD + n;
		*whole = true;
	}
	return ERR_OK;
}

struct wire_in
wire_open(const void *body, size_t n)
{
	return (struct wire_in){ body, n };
}

/*
 * msgpack-c's own unpacker allocates what an array's header announces before
 * it has seen one element, so a header of five bytes could ask for gigabytes.
 * Headers are therefore read here, one value at a time, without allocating.
 */
static uint64_t
big_endian(const unsigned char *at, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | at[i];
	return value;
}

/* The forms we read: first byte, bytes of length or integer after it. */
static const struct form {
	unsigned char first;
	unsigned char last;
	enum wire_kind kind;
	unsigned char width; /* 0: the value is in the first byte, under mask */
	unsigned char mask;
	bool is_signed;
} forms[] = {
	{ 0x00, 0x7f, WIRE_INT, 0, 0x7f, false },
	{ 0xe0, 0xff, WIRE_INT, 0, 0xff, true },
	{ 0xcc, 0xcc, WIRE_INT, 1, 0, false },
	{ 0xcd, 0xcd, WIRE_INT, 2, 0, false },
	{ 0xce, 0xce, WIRE_INT, 4, 0, false },
	{ 0xcf, 0xcf, WIRE_INT, 8, 0, false },
	{ 0xd0, 0xd0, WIRE_INT, 1, 0, true },
	{ 0xd1, 0xd1, WIRE_INT, 2, 0, true },
	{ 0xd2, 0xd2, WIRE_INT, 4, 0, true },
	{ 0xd3, 0xd3, WIRE_INT, 8, 0, true },
	{ 0xa0, 0xbf, WIRE_TEXT, 0, 0x1f, false },
	{ 0xd9, 0xd9, WIRE_TEXT, 1, 0, false },
	{ 0xda, 0xda, WIRE_TEXT, 2, 0, false },
	{ 0xdb, 0xdb, WIRE_TEXT, 4, 0, false },
	{ 0xc4, 0xc4, WIRE_BYTES, 1, 0, false },
	{ 0xc5, 0xc5, WIRE_BYTES, 2, 0, false },
	{ 0xc6, 0xc6, WIRE_BYTES, 4, 0, false },
	{ 0x90, 0x9f, WIRE_ARRAY, 0, 0x0f, false },
	{ 0xdc, 0xdc, WIRE_ARRAY, 2, 0, false },
	{ 0xdd, 0xdd, WIRE_ARRAY, 4, 0, false },
	{ 0xc0, 0xc0, WIRE_NIL, 0, 0, false },
};

static const struct form *
form_of(unsigned char first)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (first >= forms[i].first && first <= forms[i].last)
			return &forms[i];
	return NULL;
}

/* The integer a form carries, its sign extended from width bytes. */
static enum err
int_of(const struct form *form, uint64_t raw, int64_t *value)
{
	unsigned width = form->width == 0 ? 1 : form->width;

	if (!form->is_signed) {
		if (raw > INT64_MAX)
			return ERR_PROTOCOL;
		*value = (int64_t)raw;
		return ERR_OK;
	}
	if (width < 8 && (raw >> (8 * width - 1) & 1) != 0)
		raw |= UINT64_MAX << (8 * width);
	*value = (int64_t)raw;
	return ERR_OK;
}

enum err
wire_take(struct wire_in *in, struct wire_value *value)
{
	const struct form *form;
	uint64_t raw;

	if (in->left == 0 || (form = form_of(*in->at)) == NULL ||
	    in->left < 1u + form->width)
		return ERR_PROTOCOL;
	raw = form->width > 0 ? big_endian(in->at + 1, form->width)
	                      : (uint64_t)(*in->at & form->mask);
	in->at += 1 + form->width;
	in->left -= 1u + form->width;

	*value = (struct wire_value){ .kind = form->kind };
	if (form->kind == WIRE_NIL)
		return ERR_OK;
	if (form->kind == WIRE_INT)
		return int_of(form, raw, &value->i);
	/* An element takes a byte at least: no count exceeds what is left. */
	if (raw > in->left)
		return ERR_PROTOCOL;
	value->n = (size_t)raw;
	if (form->kind == WIRE_ARRAY)
		return ERR_OK;
	value->at = (const char *)in->at;
	if (form->kind == WIRE_TEXT && memchr(value->at, 0, value->n) != NULL)
		return ERR_PROTOCOL;
	in->at += value->n;
	in->left -= value->n;
	return ERR_OK;
}

static enum err
take_kind(struct wire_in *in, enum wire_kind kind, struct wire_value *value)
{
	enum err e = wire_take(in, value);

	return e == ERR_OK && value->kind != kind ? ERR_PROTOCOL : e;
}

enum err
wire_take_int(struct wire_in *in, int64_t *value)
{
	struct wire_value v;
	enum err e = take_kind(in, WIRE_INT, &v);

	if (e == ERR_OK)
		*value = v.i;
	return e;
}

enum err
wire_take_array(struct wire_in *in, size_t *n)
{
	struct wire_value v;
	enum err e = take_kind(in, WIRE_ARRAY, &v);

	if (e == ERR_OK)
		*n = v.n;
	return e;
}

enum err
wire_take_text(struct wire_in *in, char *text, size_t room)
{
	struct wire_value v;
	enum err e = take_kind(in, WIRE_TEXT, &v);

	if (e != ERR_OK)
		return e;
	if (v.n >= room)
		return ERR_LIMIT;
	memcpy(text, v.at, v.n);
	text[v.n] = '\0';
	return ERR_OK;
}

enum err
wire_take_word(struct wire_in *in, char word[WIRE_WORD_CAP], size_t *n)
{
	size_t elements;
	enum err e = wire_take_array(in, &elements);

	if (e != ERR_OK)
		return e;
	if (n != NULL)
		*n = elements;
	return wire_take_text(in, word, WIRE_WORD_CAP);
}
