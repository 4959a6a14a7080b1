#include "demo/names.h"

#include "base/compiler.h"

static const char *const calls_netherlands[] = {
    "Noor",  "Sem",  "Lotte", "Daan",   "Saar",    "Luuk",  "Fleur", "Bram",    "Tess",  "Finn",
    "Julia", "Levi", "Emma",  "Mees",   "Roos",    "Thijs", "Sanne", "Jesse",   "Lieke", "Stijn",
    "Eva",   "Tijn", "Anna",  "Hugo",   "Isa",     "Teun",  "Pleun", "Gijs",    "Fien",  "Jurre",
    "Maud",  "Lars", "Femke", "Ruben",  "Jip",     "Koen",  "Lisa",  "Joep",    "Puck",  "Sven",
    "Vera",  "Bas",  "Floor", "Pim",    "Merel",   "Niek",  "Britt", "Tom",     "Evi",   "Jelle",
    "Nina",  "Max",  "Sofie", "Guus",   "Iris",    "Siem",  "Linde", "Melle",   "Suus",  "Morris",
    "Hanna", "Boaz", "Elin",  "Casper", "Jasmijn", "Sam",   "Nora",  "Olivier", "Liv",   "Rens",
};

static const struct demo_family_name families_netherlands[] = {
    {"de", "Vries"},       {"van den", "Berg"},  {"", "Bakker"},        {"van", "Dijk"},
    {"", "Visser"},        {"", "Smit"},         {"", "Meijer"},        {"de", "Boer"},
    {"", "Mulder"},        {"de", "Groot"},      {"", "Bos"},           {"", "Vos"},
    {"", "Peters"},        {"", "Hendriks"},     {"van", "Leeuwen"},    {"", "Dekker"},
    {"", "Brouwer"},       {"de", "Wit"},        {"", "Dijkman"},       {"", "Smits"},
    {"de", "Graaf"},       {"van der", "Meer"},  {"van der", "Linden"}, {"", "Kok"},
    {"", "Jacobs"},        {"de", "Haan"},       {"", "Vermeulen"},     {"van den", "Heuvel"},
    {"van der", "Veen"},   {"van den", "Broek"}, {"", "Schouten"},      {"van", "Beek"},
    {"", "Willems"},       {"van", "Vliet"},     {"van de", "Ven"},     {"", "Hoekman"},
    {"", "Maas"},          {"", "Verhoeven"},    {"", "Koster"},        {"van", "Dam"},
    {"van der", "Wal"},    {"", "Prins"},        {"", "Blom"},          {"", "Huisman"},
    {"", "Postma"},        {"", "Kuipers"},      {"", "Martens"},       {"", "Evers"},
    {"", "Verbeek"},       {"", "Schut"},        {"", "Mol"},           {"van", "Loon"},
    {"", "Driessen"},      {"van der", "Horst"}, {"", "Gerritsen"},     {"", "Hermans"},
    {"", "Wolters"},       {"van", "Wijk"},      {"", "Sanders"},       {"", "Kramer"},
    {"", "Jonker"},        {"van", "Es"},        {"", "Hendrikx"},      {"", "Scholten"},
    {"van 't", "Hof"},     {"in 't", "Veld"},    {"ten", "Brink"},      {"ter", "Horst"},
    {"van der", "Velde"},  {"", "Timmerman"},    {"", "Groen"},         {"", "Molenaar"},
    {"", "Kuiper"},        {"", "Bosman"},       {"de", "Ruiter"},      {"", "Bouwman"},
    {"van de", "Pol"},     {"", "Rietveld"},     {"", "Wouters"},       {"", "Schipper"},
    {"van", "Rijn"},       {"", "Verschoor"},    {"op den", "Kamp"},    {"de", "Lange"},
    {"", "Goossens"},      {"", "Peeters"},      {"van", "Doorn"},      {"", "Stolk"},
    {"van der", "Zanden"}, {"", "Hartog"},       {"", "Veldhuis"},      {"", "Lammers"},
};

static const char *const calls_fryslan[] = {
    "Fenna",  "Jelmer",  "Nynke",   "Sjoerd",  "Sietske", "Wiebe",   "Hylke",
    "Jildou", "Froukje", "Douwe",   "Marrit",  "Auke",    "Tjitske", "Sybren",
    "Eelke",  "Femmy",   "Doutzen", "Rindert", "Ilse",    "Jorrit",
};

static const struct demo_family_name families_fryslan[] = {
    {"", "Hoekstra"}, {"", "Dijkstra"}, {"", "Bouma"},        {"", "Wiersma"},  {"", "Zijlstra"},
    {"", "Boersma"},  {"", "Terpstra"}, {"", "Sikkema"},      {"", "Veenstra"}, {"", "Hiemstra"},
    {"", "Bergsma"},  {"", "Rypma"},    {"van der", "Ploeg"}, {"", "Feenstra"}, {"", "Jellema"},
    {"", "Ypma"},     {"", "Wijbenga"}, {"", "Elgersma"},     {"", "Tadema"},
};

static const char *const calls_turkey[] = {
    "Zeynep", "Emir", "Elif",  "Yusuf", "Defne", "Kerem", "Ela",  "Mert", "Azra",  "Eymen", "Esra",
    "Deniz",  "Nisa", "Berat", "Beyza", "Kaan",  "Melek", "Umut", "Sude", "Çınar", "İpek",  "Ömer",
};

static const struct demo_family_name families_turkey[] = {
    {"", "Yılmaz"},   {"", "Kaya"},  {"", "Demir"},  {"", "Şahin"},   {"", "Çelik"},
    {"", "Öztürk"},   {"", "Aydın"}, {"", "Arslan"}, {"", "Doğan"},   {"", "Kılıç"},
    {"", "Aslan"},    {"", "Koç"},   {"", "Kurt"},   {"", "Özdemir"}, {"", "Polat"},
    {"", "Erdoğmuş"}, {"", "Güneş"}, {"", "Bulut"},  {"", "Keskin"},  {"", "Taş"},
    {"", "Yavuz"},    {"", "Aksoy"}, {"", "Toprak"},
};

static const char *const calls_morocco[] = {
    "Amira", "Ayoub", "Naima",  "Bilal",    "Inaya",  "Ilyas", "Yasmina", "Zakaria",
    "Safae", "Adam",  "Hafsa",  "Soufiane", "Salma",  "Anas",  "Malak",   "Ismaël",
    "Nour",  "Imran", "Kawtar", "Rayan",    "Dounia", "Hamza", "Siham",   "Youssef",
};

static const struct demo_family_name families_morocco[] = {
    {"", "Amrani"},      {"", "Bouzid"},   {"", "Benali"},   {"", "El Idrissi"}, {"", "El Fassi"},
    {"", "Haddou"},      {"", "Azzouz"},   {"", "Belhaj"},   {"", "Chaouki"},    {"", "Ziani"},
    {"", "Ouali"},       {"", "Tahiri"},   {"", "Bensaid"},  {"", "Lahlou"},     {"", "Mansouri"},
    {"", "El Khattabi"}, {"", "Boukhari"}, {"", "Ouazzani"}, {"", "Aarab"},      {"", "Berrada"},
    {"", "Ait Taleb"},   {"", "Saidi"},    {"", "Daoudi"},   {"", "Ben Omar"},   {"", "Yacoubi"},
};

static const char *const calls_suriname[] = {
    "Shanaya", "Jaden",   "Chelsey", "Dylano", "Anjali", "Kenzo",  "Rowena", "Giovanni", "Sharina",
    "Ravi",    "Jaylinn", "Miguel",  "Priya",  "Rishi",  "Djenna", "Quincy", "Melissa",  "Romano",
};

static const struct demo_family_name families_suriname[] = {
    {"", "Ramdin"},  {"", "Mangal"},      {"", "Kartosen"}, {"", "Wongso"},     {"", "Jagroep"},
    {"", "Soekhai"}, {"", "Amatmoekrim"}, {"", "Biharie"},  {"", "Doekhi"},     {"", "Esajas"},
    {"", "Kalpoe"},  {"", "Landveld"},    {"", "Pinas"},    {"", "Raghoebar"},  {"", "Sewnarain"},
    {"", "Tjon"},    {"", "Vyent"},       {"", "Zeefuik"},  {"", "Goedschalk"}, {"", "Lieveld"},
    {"", "Ramlal"},
};

static const char *const calls_poland[] = {
    "Zuzanna", "Kacper", "Oliwia", "Filip", "Maja",  "Antoni",  "Hanka", "Szymon",
    "Lena",    "Jakub",  "Alicja", "Igor",  "Nadia", "Mateusz", "Pola",  "Wiktor",
};

static const struct demo_family_name families_poland[] = {
    {"", "Nowak"},    {"", "Wójcik"},  {"", "Mazur"},  {"", "Kaczmarek"}, {"", "Krawczyk"},
    {"", "Zając"},    {"", "Wróbel"},  {"", "Dudek"},  {"", "Wieczorek"}, {"", "Stępień"},
    {"", "Pawlak"},   {"", "Walczak"}, {"", "Sikora"}, {"", "Baran"},     {"", "Szewczyk"},
    {"", "Pietrzak"}, {"", "Duda"},
};

static const char *const calls_syria[] = {
    "Lina", "Amir", "Rima", "Karim", "Layan", "Omar",  "Sidra", "Yazan",
    "Tala", "Majd", "Hala", "Nizar", "Joud",  "Samer", "Rand",  "Elias",
};

static const struct demo_family_name families_syria[] = {
    {"", "Haddad"},  {"", "Khoury"},    {"", "al Masri"}, {"", "Darwish"},
    {"", "Najjar"},  {"", "al Halabi"}, {"", "Sabbagh"},  {"", "Kassab"},
    {"", "Hamwi"},   {"", "Shami"},     {"", "Barakat"},  {"", "Ayoubi"},
    {"", "Jabbour"}, {"", "Zaytoun"},   {"", "Rifai"},    {"", "Qabbani"},
};

static const char *const calls_ghana[] = {
    "Kwame", "Abena", "Kofi", "Esi",   "Kojo",  "Akosua", "Yaw",
    "Ama",   "Nana",  "Efua", "Kwaku", "Adwoa", "Kwesi",  "Afia",
};

static const struct demo_family_name families_ghana[] = {
    {"", "Mensah"},  {"", "Owusu"},    {"", "Boateng"},    {"", "Asante"},
    {"", "Osei"},    {"", "Amoah"},    {"", "Appiah"},     {"", "Agyeman"},
    {"", "Addo"},    {"", "Frimpong"}, {"", "Ofori"},      {"", "Antwi"},
    {"", "Sarpong"}, {"", "Opoku"},    {"", "Acheampong"}, {"", "Darko"},
};

static const char *const calls_china[] = {
    "Mei",  "Jun",  "Xinyi", "Hao",   "Lan", "Wei",    "Yuxin",
    "Ming", "Ying", "Bo",    "Jiayi", "Tao", "Meilin", "Zihan",
};

static const struct demo_family_name families_china[] = {
    {"", "Chen"}, {"", "Wang"}, {"", "Li"}, {"", "Zhang"}, {"", "Lin"}, {"", "Huang"},
    {"", "Wu"},   {"", "Zhou"}, {"", "Xu"}, {"", "Zhao"},  {"", "Guo"}, {"", "Cheung"},
    {"", "Wong"}, {"", "Lam"},  {"", "Ho"}, {"", "Tang"},
};

static const char *const calls_ukraine[] = {
    "Daryna", "Bohdan",   "Sofiia", "Artem", "Polina", "Maksym", "Anastasiia",
    "Nazar",  "Solomiia", "Denys",  "Kira",  "Taras",  "Yeva",   "Matvii",
};

static const struct demo_family_name families_ukraine[] = {
    {"", "Shevchenko"}, {"", "Kovalenko"}, {"", "Bondarenko"}, {"", "Tkachenko"}, {"", "Kravchuk"},
    {"", "Oliinyk"},    {"", "Moroz"},     {"", "Lysenko"},    {"", "Marchenko"}, {"", "Savchuk"},
    {"", "Polishchuk"}, {"", "Koval"},     {"", "Melnyk"},     {"", "Hnatiuk"},   {"", "Rudenko"},
};

static const char *const calls_antilles[] = {
    "Shaniqua", "Jairzinho", "Naomi", "Jeandro", "Solange", "Elijandro", "Xaviera",
    "Ryandro",  "Zoë",       "Urvin", "Mirelva", "Gyandro", "Tyra",      "Rudsel",
};

static const struct demo_family_name families_antilles[] = {
    {"", "Martina"}, {"", "Maduro"},  {"", "Croes"},    {"", "Winklaar"},
    {"", "Geerman"}, {"", "Kelly"},   {"", "Isenia"},   {"", "Balentina"},
    {"", "Cijntje"}, {"", "Felicia"}, {"", "Rosario"},  {"", "Sambo"},
    {"", "Maria"},   {"", "Janga"},   {"", "Pietersz"}, {"", "Hooi"},
};

static const char *const calls_india[] = {
    "Anaya",  "Arjun", "Diya",  "Rohan", "Saanvi", "Aarav", "Meera",
    "Vihaan", "Kavya", "Advik", "Isha",  "Nikhil", "Aditi", "Kabir",
};

static const struct demo_family_name families_india[] = {
    {"", "Sharma"}, {"", "Patel"}, {"", "Iyer"},     {"", "Nair"},       {"", "Gupta"},
    {"", "Reddy"},  {"", "Menon"}, {"", "Kulkarni"}, {"", "Verma"},      {"", "Joshi"},
    {"", "Desai"},  {"", "Bhat"},  {"", "Rao"},      {"", "Chatterjee"},
};

static const char *const calls_moluccas[] = {
    "Jessy", "Noah",  "Salomé", "Ferdi",    "Nona",   "Dominggus",
    "Laila", "Simon", "Mirjam", "Benjamin", "Serena", "Marthin",
};

static const struct demo_family_name families_moluccas[] = {
    {"", "Manuhutu"},     {"", "Pattiasina"}, {"", "Tahapary"},     {"", "Latuheru"},
    {"", "Sahetapy"},     {"", "Pelupessy"},  {"", "Matulessy"},    {"", "Tomasoa"},
    {"", "Leiwakabessy"}, {"", "Souisa"},     {"", "Lekatompessy"}, {"", "Nanlohy"},
    {"", "Hitipeuw"},
};

static const char *const calls_eritrea[] = {
    "Selam", "Yonas",  "Feven", "Abel",   "Saron",  "Natnael",
    "Rahwa", "Filmon", "Winta", "Biniam", "Hermon", "Senait",
};

static const struct demo_family_name families_eritrea[] = {
    {"", "Tesfay"}, {"", "Ghebremariam"}, {"", "Haile"}, {"", "Kidane"},
    {"", "Berhe"},  {"", "Mehari"},       {"", "Tekle"}, {"", "Abraha"},
    {"", "Woldu"},  {"", "Yohannes"},     {"", "Gebru"}, {"", "Araya"},
};

static const char *const calls_cape_verde[] = {
    "Luana",  "Nelson",  "Jandira", "Edson",  "Kelly", "Davidson",
    "Ariana", "Jailson", "Leandra", "Wesley", "Nádia", "Rui",
};

static const struct demo_family_name families_cape_verde[] = {
    {"", "Lopes"}, {"", "Monteiro"},  {"", "Tavares"}, {"da", "Silva"}, {"", "Fortes"},
    {"", "Évora"}, {"dos", "Santos"}, {"", "Delgado"}, {"", "Gomes"},   {"da", "Luz"},
    {"", "Ramos"}, {"", "Andrade"},   {"", "Barros"},
};

#define NAMES(weight, of)                                                                          \
    {                                                                                              \
        .per_hundred = (weight), .calls = calls_##of, .call_count = ARRAY_LEN(calls_##of),         \
        .families = families_##of, .family_count = ARRAY_LEN(families_##of),                       \
    }

const struct demo_names demo_names[BACKGROUNDS] = {
    [FROM_NETHERLANDS] = NAMES(38, netherlands),
    [FROM_FRYSLAN] = NAMES(6, fryslan),
    [FROM_TURKEY] = NAMES(8, turkey),
    [FROM_MOROCCO] = NAMES(9, morocco),
    [FROM_SURINAME] = NAMES(6, suriname),
    [FROM_POLAND] = NAMES(5, poland),
    [FROM_SYRIA] = NAMES(5, syria),
    [FROM_GHANA] = NAMES(3, ghana),
    [FROM_CHINA] = NAMES(3, china),
    [FROM_UKRAINE] = NAMES(4, ukraine),
    [FROM_ANTILLES] = NAMES(3, antilles),
    [FROM_INDIA] = NAMES(3, india),
    [FROM_MOLUCCAS] = NAMES(2, moluccas),
    [FROM_ERITREA] = NAMES(3, eritrea),
    [FROM_CAPE_VERDE] = NAMES(2, cape_verde),
};
