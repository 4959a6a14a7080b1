#include "roster/edexml_rules.h"

#include <stddef.h>

#include "base/compiler.h"
#include "base/str.h"

#define FIELD(in, name, field)                                                                     \
    {                                                                                              \
        in, name, PLACE_FIELD, field                                                               \
    }
#define SKIP(in, name)                                                                             \
    {                                                                                              \
        in, name, PLACE_SKIP, XML_NONE                                                             \
    }
#define DROP(in, name)                                                                             \
    {                                                                                              \
        in, name, PLACE_DROP, XML_NONE                                                             \
    }

static const struct xml_rule rules[] = {
    {PLACE_OUTSIDE, "EDEX", PLACE_ROOT, XML_NONE},
    {PLACE_OUTSIDE, "leerlinggegevens", PLACE_ROOT, XML_NONE},

    {PLACE_ROOT, "school", PLACE_SCHOOL, XML_NONE},
    {PLACE_ROOT, "vestigingen", PLACE_LOCATIONS, XML_NONE},
    {PLACE_ROOT, "groepen", PLACE_GROUPS, XML_NONE},
    {PLACE_ROOT, "leerlingen", PLACE_PUPILS, XML_NONE},
    {PLACE_ROOT, "leerkrachten", PLACE_STAFFS, XML_NONE},

    FIELD(PLACE_SCHOOL, "schooljaar", XML_SCHOOL_YEAR),
    FIELD(PLACE_SCHOOL, "peildatum", XML_REFERENCE_DAY),
    FIELD(PLACE_SCHOOL, "aanmaakdatum", XML_MADE_AT),
    FIELD(PLACE_SCHOOL, "brincode", XML_BRIN),
    FIELD(PLACE_SCHOOL, "dependancecode", XML_BRANCH),
    SKIP(PLACE_SCHOOL, "instellingsnummer"),
    SKIP(PLACE_SCHOOL, "schoolkey"),
    SKIP(PLACE_SCHOOL, "auteur"),
    SKIP(PLACE_SCHOOL, "xsdversie"),
    SKIP(PLACE_SCHOOL, "commentaar"),

    {PLACE_LOCATIONS, "vestiging", PLACE_LOCATION, XML_NONE},
    FIELD(PLACE_LOCATION, "naam", XML_NAME),

    {PLACE_GROUPS, "groep", PLACE_GROUP, XML_NONE},
    {PLACE_GROUPS, "samengestelde_groep", PLACE_COMBINED, XML_NONE},
    FIELD(PLACE_GROUP, "naam", XML_NAME),
    FIELD(PLACE_GROUP, "jaargroep", XML_YEAR),
    FIELD(PLACE_COMBINED, "naam", XML_NAME),

    {PLACE_PUPILS, "leerling", PLACE_PUPIL, XML_NONE},
    FIELD(PLACE_PUPIL, "achternaam", XML_FAMILY_NAME),
    FIELD(PLACE_PUPIL, "voorvoegsel", XML_PREFIX),
    FIELD(PLACE_PUPIL, "voornamen", XML_GIVEN_NAMES),
    FIELD(PLACE_PUPIL, "voorletters-1", XML_INITIALS),
    FIELD(PLACE_PUPIL, "roepnaam", XML_CALL_NAME),
    FIELD(PLACE_PUPIL, "geboortedatum", XML_BORN),
    FIELD(PLACE_PUPIL, "jaargroep", XML_YEAR),
    FIELD(PLACE_PUPIL, "uitstroomdatum", XML_LEFT_ON),
    {PLACE_PUPIL, "groep", PLACE_PUPIL_GROUP, XML_NONE},
    {PLACE_PUPIL, "samengestelde_groepen", PLACE_PUPIL_COMBINEDS, XML_NONE},
    {PLACE_PUPIL_COMBINEDS, "samengestelde_groep", PLACE_PUPIL_COMBINED, XML_NONE},
    {PLACE_PUPIL, "vestiging", PLACE_PUPIL_LOCATION, XML_NONE},
    SKIP(PLACE_PUPIL, "start_ondw_jgr3"),
    SKIP(PLACE_PUPIL, "instroomdatum"),
    DROP(PLACE_PUPIL, "geslacht"),
    DROP(PLACE_PUPIL, "gebruikersnaam"),
    DROP(PLACE_PUPIL, "emailadres"),
    DROP(PLACE_PUPIL, "fotourl"),
    DROP(PLACE_PUPIL, "etniciteit"),
    DROP(PLACE_PUPIL, "land"),
    DROP(PLACE_PUPIL, "land_vader"),
    DROP(PLACE_PUPIL, "land_moeder"),
    DROP(PLACE_PUPIL, "sofinummer"),
    DROP(PLACE_PUPIL, "bsn"),
    DROP(PLACE_PUPIL, "onderwijsnummer"),
    DROP(PLACE_PUPIL, "bsn_ondwnr-4"),
    DROP(PLACE_PUPIL, "rijksregisternummer"),
    DROP(PLACE_PUPIL, "gewicht_nieuw"),
    DROP(PLACE_PUPIL, "gewicht"),
    DROP(PLACE_PUPIL, "postcodenl"),
    DROP(PLACE_PUPIL, "postnummerbe"),
    DROP(PLACE_PUPIL, "postcodeoverig"),

    {PLACE_STAFFS, "leerkracht", PLACE_STAFF, XML_NONE},
    FIELD(PLACE_STAFF, "achternaam", XML_FAMILY_NAME),
    FIELD(PLACE_STAFF, "voorvoegsel", XML_PREFIX),
    FIELD(PLACE_STAFF, "voornamen", XML_GIVEN_NAMES),
    FIELD(PLACE_STAFF, "voorletters-1", XML_INITIALS),
    FIELD(PLACE_STAFF, "roepnaam", XML_CALL_NAME),
    FIELD(PLACE_STAFF, "emailadres", XML_EMAIL),
    FIELD(PLACE_STAFF, "rol", XML_ROLE),
    FIELD(PLACE_STAFF, "rolomschrijving", XML_ROLE),
    {PLACE_STAFF, "groepen", PLACE_STAFF_GROUPS, XML_NONE},
    {PLACE_STAFF_GROUPS, "groep", PLACE_STAFF_GROUP, XML_NONE},
    {PLACE_STAFF_GROUPS, "samengestelde_groep", PLACE_STAFF_GROUP, XML_NONE},
    FIELD(PLACE_STAFF_GROUP, "rol", XML_ROLE),
    FIELD(PLACE_STAFF_GROUP, "rolomschrijving", XML_ROLE),
    DROP(PLACE_STAFF, "geslacht"),
    DROP(PLACE_STAFF, "gebruikersnaam"),
    DROP(PLACE_STAFF, "fotourl"),
    DROP(PLACE_STAFF, "geboortedatum"),
};

/* Allowed in several places, and never of use here. Party additions may hold anything at all. */
static const char *const skipped_everywhere[] = {"toevoegingen", "mutatiedatum", "omschrijving"};

const struct xml_rule *xml_rule_find(enum place in, const char *local_name)
{
    static const struct xml_rule outside = {PLACE_OUTSIDE, "", PLACE_OUTSIDE, XML_NONE};
    static const struct xml_rule skip = {PLACE_SKIP, "", PLACE_SKIP, XML_NONE};
    static const struct xml_rule unknown = {PLACE_UNKNOWN, "", PLACE_UNKNOWN, XML_NONE};

    if (in >= PLACE_FIELD)
        return &skip;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (rules[i].in == in && str_equal(rules[i].name, local_name))
            return &rules[i];
    if (in == PLACE_OUTSIDE)
        return &outside;
    for (size_t i = 0; i < ARRAY_LEN(skipped_everywhere); i++)
        if (str_equal(skipped_everywhere[i], local_name))
            return &skip;
    return &unknown;
}
