#include "demo/accounts.h"

#include "access/actor.h"
#include "base/compiler.h"
#include "i18n/tr.h"

const struct demo_account demo_accounts[] = {
    {DEMO_PRIMARY, N_("teacher of group 7"), "Marit", "", "Bakker", "marit@regenboog.example",
     ROLE_TEACHER, "Groep 7"},
    {DEMO_PRIMARY, N_("teacher of groups 1 and 2"), "Sanne", "de", "Wit", "sanne@regenboog.example",
     ROLE_TEACHER, "Groep 1/2 Kikkers"},
    {DEMO_PRIMARY, N_("coordinator (IB)"), "Farida", "", "El Amrani", "farida@regenboog.example",
     ROLE_COORDINATOR, NULL},
    {DEMO_PRIMARY, N_("principal"), "Joost", "van", "Leeuwen", "joost@regenboog.example",
     ROLE_PRINCIPAL, NULL},
    {DEMO_PRIMARY, N_("administrator"), "Ilse", "", "Brouwer", "ilse@regenboog.example",
     ROLE_ADMINISTRATOR, NULL},
    {DEMO_PRIMARY, N_("support in group 7"), "Kwame", "", "Owusu", "kwame@regenboog.example",
     ROLE_SUPPORT, "Groep 7"},
    {DEMO_SECONDARY, N_("mentor of class 2b"), "Rachid", "", "Benali", "rachid@dekade.example",
     ROLE_TEACHER, "2b"},
    {DEMO_SECONDARY, N_("coordinator (secondary school)"), "Hanneke", "", "Visser",
     "hanneke@dekade.example", ROLE_COORDINATOR, NULL},
    {DEMO_SECONDARY, N_("administrator (secondary school)"), "Tom", "", "Jacobs",
     "tom@dekade.example", ROLE_ADMINISTRATOR, NULL},
};
const size_t demo_account_count = ARRAY_LEN(demo_accounts);
