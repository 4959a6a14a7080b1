#include "roster/csv_headers.h"

#include "base/compiler.h"
#include "base/str.h"

struct synonym {
    const char *header;
    enum roster_field field;
};

static const struct synonym pupil_headers[] = {
    {"leerlingnummer", ROSTER_FIELD_KEY},
    {"leerlingnr", ROSTER_FIELD_KEY},
    {"leerling nummer", ROSTER_FIELD_KEY},
    {"llnr", ROSTER_FIELD_KEY},
    {"nummer", ROSTER_FIELD_KEY},
    {"stamnummer", ROSTER_FIELD_KEY},
    {"stamnr", ROSTER_FIELD_KEY},
    {"roepnaam", ROSTER_FIELD_CALL_NAME},
    {"voornaam", ROSTER_FIELD_CALL_NAME},
    {"voornamen", ROSTER_FIELD_GIVEN_NAMES},
    {"doopnamen", ROSTER_FIELD_GIVEN_NAMES},
    {"voorletters", ROSTER_FIELD_INITIALS},
    {"voorletter", ROSTER_FIELD_INITIALS},
    {"tussenvoegsel", ROSTER_FIELD_PREFIX},
    {"tussenvoegsels", ROSTER_FIELD_PREFIX},
    {"voorvoegsel", ROSTER_FIELD_PREFIX},
    {"voorvoegsels", ROSTER_FIELD_PREFIX},
    {"achternaam", ROSTER_FIELD_FAMILY_NAME},
    {"familienaam", ROSTER_FIELD_FAMILY_NAME},
    {"geboortedatum", ROSTER_FIELD_BORN},
    {"geb datum", ROSTER_FIELD_BORN},
    {"groep", ROSTER_FIELD_GROUP},
    {"groepsnaam", ROSTER_FIELD_GROUP},
    {"stamgroep", ROSTER_FIELD_GROUP},
    {"stamklas", ROSTER_FIELD_GROUP},
    {"klas", ROSTER_FIELD_GROUP},
    {"andere groepen", ROSTER_FIELD_OTHER_GROUPS},
    {"clusters", ROSTER_FIELD_OTHER_GROUPS},
    {"lesgroepen", ROSTER_FIELD_OTHER_GROUPS},
    {"jaargroep", ROSTER_FIELD_YEAR},
    {"leerjaar", ROSTER_FIELD_YEAR},
    {"vestiging", ROSTER_FIELD_LOCATION},
    {"locatie", ROSTER_FIELD_LOCATION},
    {"uitstroomdatum", ROSTER_FIELD_LEFT_ON},
    {"datum uit", ROSTER_FIELD_LEFT_ON},
    {"leerkracht email", ROSTER_FIELD_TEACHER_EMAIL},
    {"leerkracht e mail", ROSTER_FIELD_TEACHER_EMAIL},
    {"mentor email", ROSTER_FIELD_TEACHER_EMAIL},
    {"mentor e mail", ROSTER_FIELD_TEACHER_EMAIL},
};

static const struct synonym staff_headers[] = {
    {"email", ROSTER_FIELD_STAFF_EMAIL},       {"e mail", ROSTER_FIELD_STAFF_EMAIL},
    {"emailadres", ROSTER_FIELD_STAFF_EMAIL},  {"e mailadres", ROSTER_FIELD_STAFF_EMAIL},
    {"roepnaam", ROSTER_FIELD_CALL_NAME},      {"voornaam", ROSTER_FIELD_CALL_NAME},
    {"voorletters", ROSTER_FIELD_INITIALS},    {"voorvoegsel", ROSTER_FIELD_PREFIX},
    {"tussenvoegsel", ROSTER_FIELD_PREFIX},    {"achternaam", ROSTER_FIELD_FAMILY_NAME},
    {"familienaam", ROSTER_FIELD_FAMILY_NAME}, {"functie", ROSTER_FIELD_STAFF_ROLE},
    {"rol", ROSTER_FIELD_STAFF_ROLE},          {"groepen", ROSTER_FIELD_STAFF_GROUPS},
    {"groep", ROSTER_FIELD_STAFF_GROUPS},      {"klassen", ROSTER_FIELD_STAFF_GROUPS},
};

/* Never read, whatever a mapping says. A '*' stands for any rest. */
static const char *const forbidden[] = {
    "bsn*",
    "burgerservicenummer",
    "sofi*",
    "onderwijsnummer*",
    "pgn",
    "persoonsgebonden nummer",
    "rijksregisternummer",
    "etniciteit*",
    "nationaliteit*",
    "land*",
    "geboorteland*",
    "geboorteplaats",
    "gewicht*",
    "leerlinggewicht",
    "postcode*",
    "postnummer*",
    "foto*",
    "geslacht",
    "m v",
    "wachtwoord",
    "password",
    "sms",
    "telefoon*",
    "mobiel*",
    "tel",
    "phone*",
    "eckid*",
    "eck id*",
    "ketenid",
    "adres",
    "straat*",
    "huisnummer*",
    "woonplaats",
    "gebruikersnaam",
    "religie",
    "medisch*",
};

const char *csv_forbidden(const char *header)
{
    for (size_t i = 0; i < ARRAY_LEN(forbidden); i++) {
        size_t len = strlen(forbidden[i]);
        bool any_rest = forbidden[i][len - 1] == '*';
        if (any_rest ? strncmp(header, forbidden[i], len - 1) == 0
                     : str_equal(header, forbidden[i]))
            return forbidden[i];
    }
    return NULL;
}

static enum roster_field find_field(const struct synonym *table, size_t count, const char *header)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(table[i].header, header))
            return table[i].field;
    return ROSTER_FIELD_NONE;
}

enum roster_field csv_pupil_field(const char *header)
{
    return find_field(pupil_headers, ARRAY_LEN(pupil_headers), header);
}

enum roster_field csv_staff_field(const char *header)
{
    return find_field(staff_headers, ARRAY_LEN(staff_headers), header);
}
