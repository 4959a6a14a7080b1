#include "demo/accounts.h"

#include "access/actor.h"
#include "base/compiler.h"
#include "i18n/tr.h"

const struct demo_account demo_accounts[] = {
    {DEMO_PRIMARY, ROLE_TEACHER, N_("teacher of group 7"), "Marit", "", "Bakker",
     "marit@regenboog.example", "Groep 7"},
    {DEMO_PRIMARY, ROLE_TEACHER, N_("teacher of groups 1 and 2"), "Sanne", "de", "Wit",
     "sanne@regenboog.example", "Groep 1/2 Kikkers"},
    {DEMO_PRIMARY, ROLE_COORDINATOR, N_("coordinator (IB)"), "Farida", "", "El Amrani",
     "farida@regenboog.example", NULL},
    {DEMO_PRIMARY, ROLE_PRINCIPAL, N_("principal"), "Joost", "van", "Leeuwen",
     "joost@regenboog.example", NULL},
    {DEMO_PRIMARY, ROLE_ADMINISTRATOR, N_("administrator"), "Ilse", "", "Brouwer",
     "ilse@regenboog.example", NULL},
    {DEMO_PRIMARY, ROLE_SUPPORT, N_("support in group 7"), "Kwame", "", "Owusu",
     "kwame@regenboog.example", "Groep 7"},
    {DEMO_SECONDARY, ROLE_TEACHER, N_("mentor of class 2b"), "Rachid", "", "Benali",
     "rachid@dekade.example", "2b"},
    {DEMO_SECONDARY, ROLE_TEACHER, N_("mentor of class 4v"), "Sandra", "", "Pinas",
     "sandra@dekade.example", "4v"},
    {DEMO_SECONDARY, ROLE_COORDINATOR, N_("coordinator (secondary school)"), "Hanneke", "",
     "Visser", "hanneke@dekade.example", NULL},
    {DEMO_SECONDARY, ROLE_ADMINISTRATOR, N_("administrator (secondary school)"), "Tom", "",
     "Jacobs", "tom@dekade.example", NULL},
};
const size_t demo_account_count = ARRAY_LEN(demo_accounts);
