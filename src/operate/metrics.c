#include "operate/metrics.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "http/http.h"
#include "web/app.h"

struct metrics {
    const struct app *app;
    const struct http_server *watched;
    struct http_server *server;
};

struct metrics_worker {
    const struct metrics *metrics;
    struct db *db;
};

static enum status worker_open(void *context, unsigned number UNUSED, void **ret_worker)
{
    const struct metrics *metrics = context;
    struct metrics_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return ERR_NOMEM;
    worker->metrics = metrics;
    enum status st = db_open(metrics->app->database, false, &worker->db);
    if (st != OK) {
        free(worker);
        return st;
    }
    *ret_worker = worker;
    return OK;
}

static void worker_close(void *context)
{
    struct metrics_worker *worker = context;
    if (worker)
        db_close(worker->db);
    free(worker);
}

static size_t no_body(void *context UNUSED, enum http_method method UNUSED, const char *path UNUSED)
{
    return 0;
}

static void counter(struct buf *to, const char *name, const char *help, uint64_t value)
{
    buf_printf(to, "# HELP weerklank_%s %s\n# TYPE weerklank_%s counter\nweerklank_%s %llu\n", name,
               help, name, name, (unsigned long long)value);
}

static void write_durations(struct buf *to, const struct http_stats *stats)
{
    buf_add_str(to, "# HELP weerklank_handle_seconds Time to answer a request.\n"
                    "# TYPE weerklank_handle_seconds histogram\n");
    for (size_t i = 0; i < ARRAY_LEN(http_stats_bounds_us); i++)
        buf_printf(to, "weerklank_handle_seconds_bucket{le=\"%g\"} %llu\n",
                   http_stats_bounds_us[i] / 1e6, (unsigned long long)stats->handle_buckets[i]);
    buf_printf(to,
               "weerklank_handle_seconds_bucket{le=\"+Inf\"} %llu\n"
               "weerklank_handle_seconds_sum %g\nweerklank_handle_seconds_count %llu\n",
               (unsigned long long)stats->requests, (double)stats->handle_us_total / 1e6,
               (unsigned long long)stats->requests);
}

static void write_memory(struct buf *to)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file && fscanf(file, "%*s %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    buf_printf(to,
               "# HELP process_resident_memory_bytes Memory in use.\n"
               "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %ld\n",
               pages * 4096);
}

static void write_metrics(struct buf *to, const struct http_stats *stats)
{
    counter(to, "requests_total", "Requests answered.", stats->requests);
    counter(to, "connections_total", "Connections accepted.", stats->connections);
    counter(to, "sent_bytes_total", "Bytes of bodies sent.", stats->bytes_sent);
    counter(to, "refused_total", "Requests refused for want of room.", stats->refused);
    buf_add_str(to, "# HELP weerklank_responses_total Responses by class.\n"
                    "# TYPE weerklank_responses_total counter\n");
    for (int class = 1; class < 6; class ++)
        buf_printf(to, "weerklank_responses_total{class=\"%dxx\"} %llu\n", class,
                   (unsigned long long)stats->responses_by_class[class]);
    buf_printf(to,
               "# HELP weerklank_queue_length Requests waiting for a worker.\n"
               "# TYPE weerklank_queue_length gauge\nweerklank_queue_length %llu\n",
               (unsigned long long)stats->queue_length);
    write_durations(to, stats);
    write_memory(to);
}

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    struct metrics_worker *worker = context;
    response->content_type = "text/plain; charset=utf-8";
    if (str_equal(request->path, "/healthz")) {
        bool well = db_ping(worker->db) == OK;
        response->status = well ? 200 : 503;
        buf_add_str(response->body, well ? "ok\n" : "database\n");
    } else if (str_equal(request->path, "/metrics")) {
        struct http_stats stats = http_stats(worker->metrics->watched);
        response->content_type = "text/plain; version=0.0.4; charset=utf-8";
        write_metrics(response->body, &stats);
    } else {
        response->status = 404;
    }
}

enum status metrics_start(const char *address, uint16_t port, const struct app *app,
                          const struct http_server *server, struct metrics **ret)
{
    if (!str_starts(address, "127.") && !str_equal(address, "::1"))
        return ERR_INVALID;
    struct metrics *metrics = calloc(1, sizeof *metrics);
    if (!metrics)
        return ERR_NOMEM;
    metrics->app = app;
    metrics->watched = server;
    struct http_config config = {.address = address,
                                 .port = port,
                                 .workers = 1,
                                 .connections_max = 16,
                                 .context = metrics,
                                 .worker_open = worker_open,
                                 .worker_close = worker_close,
                                 .body_limit = no_body,
                                 .handle = handle};
    enum status st = http_start(&config, &metrics->server);
    if (st != OK) {
        free(metrics);
        return st;
    }
    *ret = metrics;
    return OK;
}

void metrics_stop(struct metrics *metrics)
{
    if (!metrics)
        return;
    http_stop(metrics->server, 1000);
    free(metrics);
}
