#include "conversation/ical.h"

#include "base/buf.h"

#define LINE_OCTETS 75

/* Counts octets of the present line; a fold costs the next one its space. */
struct line {
    struct buf *to;
    size_t octets;
};

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

static size_t character_len(const char *at)
{
    size_t len = 1;
    while (at[len] && !starts_character(at[len]))
        len++;
    return len;
}

/* What belongs together: a character, or an escape. */
static void add_piece(struct line *line, const char *piece, size_t len)
{
    if (line->octets + len > LINE_OCTETS) {
        buf_add_str(line->to, "\r\n ");
        line->octets = 1;
    }
    buf_add(line->to, piece, len);
    line->octets += len;
}

static void add_plain(struct line *line, const char *text)
{
    for (; *text; text++)
        add_piece(line, text, 1);
}

static void add_escaped(struct line *line, const char *text)
{
    while (*text) {
        size_t len = character_len(text);
        if (*text == '\n')
            add_piece(line, "\\n", 2);
        else if (*text == '\\' || *text == ';' || *text == ',')
            add_piece(line, (const char[]){'\\', *text}, 2);
        else if ((unsigned char)*text >= ' ' && *text != 0x7f) /* other controls have no form there */
            add_piece(line, text, len);
        text += len;
    }
}

void ical_text_line(struct buf *to, const char *property, const char *text)
{
    struct line line = {.to = to};
    add_plain(&line, property);
    add_plain(&line, ":");
    add_escaped(&line, text);
    buf_add_str(to, "\r\n");
}

static void moment_line(struct buf *to, const char *property, int64_t at_ms)
{
    struct date day = date_from_days((int32_t)(at_ms / MS_DAY));
    int in_day = (int)(at_ms % MS_DAY / MS_SECOND);
    buf_printf(to, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", property, day.year, day.month, day.day,
               in_day / 3600, in_day / 60 % 60, in_day % 60);
}

static void day_line(struct buf *to, const char *property, struct date day)
{
    buf_printf(to, "%s;VALUE=DATE:%04d%02d%02d\r\n", property, day.year, day.month, day.day);
}

void ical_begin(struct buf *to, const char *name)
{
    buf_add_str(to, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Weerklank//Weerklank//NL\r\n"
                    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
                    "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n");
    ical_text_line(to, "NAME", name);
    ical_text_line(to, "X-WR-CALNAME", name);
}

void ical_event(struct buf *to, const struct ical_event *event, const char *summary)
{
    buf_add_str(to, "BEGIN:VEVENT\r\nUID:");
    for (size_t i = 0; i < ICAL_UID_BYTES; i++)
        buf_printf(to, "%02x", event->uid[i]);
    buf_add_str(to, "@weerklank\r\n");
    moment_line(to, "DTSTAMP", event->changed_at);
    moment_line(to, "LAST-MODIFIED", event->changed_at);
    buf_printf(to, "SEQUENCE:%d\r\n", event->sequence);
    if (event->minute < 0) {
        day_line(to, "DTSTART", event->on);
        day_line(to, "DTEND", date_add_days(event->on, 1));
    } else {
        int64_t start = date_moment(event->on, event->minute / 60, event->minute % 60);
        moment_line(to, "DTSTART", start);
        moment_line(to, "DTEND", start + event->minutes * MS_MINUTE);
    }
    ical_text_line(to, "SUMMARY", summary);
    buf_printf(to, "CLASS:PRIVATE\r\nSTATUS:%s\r\nEND:VEVENT\r\n",
               event->is_cancelled ? "CANCELLED" : "CONFIRMED");
}

void ical_end(struct buf *to)
{
    buf_add_str(to, "END:VCALENDAR\r\n");
}
