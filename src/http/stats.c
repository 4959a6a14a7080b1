#include "http/stats.h"

const uint32_t http_stats_bounds_us[12] = {100,    300,    1000,    3000,    10000,    30000,
                                           100000, 300000, 1000000, 3000000, 10000000, UINT32_MAX};

void stats_answered(struct stats *stats, int status, uint64_t bytes)
{
    size_t class = status >= 100 && status < 600 ? (size_t)status / 100 : 0;
    stats_add(&stats->responses_by_class[class], 1);
    stats_add(&stats->bytes_sent, bytes);
}

void stats_handled(struct stats *stats, int64_t us)
{
    size_t bucket = 0;
    while (bucket < ARRAY_LEN(http_stats_bounds_us) - 1 && us > http_stats_bounds_us[bucket])
        bucket++;
    stats_add(&stats->handle_buckets[bucket], 1);
    stats_add(&stats->handle_us_total, us > 0 ? (uint64_t)us : 0);
}

static uint64_t read_one(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

struct http_stats stats_read(const struct stats *stats)
{
    struct http_stats made = {
        .requests = read_one(&stats->requests),
        .bytes_sent = read_one(&stats->bytes_sent),
        .refused = read_one(&stats->refused),
        .cut = read_one(&stats->cut),
        .handle_us_total = read_one(&stats->handle_us_total),
    };
    for (size_t i = 0; i < ARRAY_LEN(made.responses_by_class); i++)
        made.responses_by_class[i] = read_one(&stats->responses_by_class[i]);
    uint64_t sum = 0;
    for (size_t i = 0; i < ARRAY_LEN(made.handle_buckets); i++) {
        sum += read_one(&stats->handle_buckets[i]);
        made.handle_buckets[i] = sum;
    }
    return made;
}
