#include "db/postgres_value.h"

#include <inttypes.h>
#include <limits.h>

/* Fixed since the beginning of PostgreSQL; its own header for them is not part of libpq. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
};

#define NUMERIC_BASE 10000
#define NUMERIC_NEGATIVE 0x4000
#define NUMERIC_SPECIAL 0x8000 /* with 0x4000: not a number, or infinite */

bool postgres_params(struct postgres_params *to, const struct db_value *args, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct db_value *v = &args[i];
        if (v->len > INT_MAX)
            return false;
        to->values[i] = NULL;
        to->lengths[i] = 0;
        to->formats[i] = POSTGRES_TEXT;
        if (v->type == DB_INT) {
            snprintf(to->digits[i], sizeof to->digits[i], "%" PRId64, v->i);
            to->values[i] = to->digits[i];
        } else if (v->type != DB_NULL) {
            to->values[i] = v->p ? v->p : "";
            to->lengths[i] = (int)v->len;
            to->formats[i] = POSTGRES_BINARY;
        }
    }
    return true;
}

enum db_type postgres_type(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_NUMERIC:
        return DB_INT;
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_BPCHAR:
    case OID_NAME:
        return DB_TEXT;
    case OID_BYTEA:
        return DB_BLOB;
    default:
        return DB_NULL;
    }
}

/* A whole number as the protocol sends it: two's complement, highest byte first. */
static int64_t big_endian(const char *data, int len)
{
    uint64_t value = len > 0 && data[0] < 0 ? UINT64_MAX : 0;
    for (int i = 0; i < len; i++)
        value = value << 8 | (uint8_t)data[i];
    return (int64_t)value;
}

/*
 * NUMERIC: four 16-bit numbers (count of digits, weight of the first, sign, scale) and then the
 * digits in base 10000; the digits of weight 0 and more are the whole part.
 */
static int64_t from_numeric(const char *data, int len)
{
    if (len < 8)
        return 0;
    int count = (int)big_endian(data, 2);
    int weight = (int)big_endian(data + 2, 2);
    unsigned sign = (unsigned)big_endian(data + 4, 2) & 0xFFFF;
    if (sign & NUMERIC_SPECIAL || len < 8 + 2 * count)
        return 0;
    int64_t value = 0; /* kept below zero, where there is room for one more number */
    for (int i = 0; i <= weight; i++) {
        int64_t digit = i < count ? big_endian(data + 8 + 2 * i, 2) : 0;
        if (__builtin_mul_overflow(value, NUMERIC_BASE, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return sign == NUMERIC_NEGATIVE ? INT64_MIN : INT64_MAX;
    }
    if (sign == NUMERIC_NEGATIVE)
        return value;
    return value == INT64_MIN ? INT64_MAX : -value;
}

int64_t postgres_int(Oid type, const char *data, int len)
{
    return type == OID_NUMERIC ? from_numeric(data, len) : big_endian(data, len);
}
