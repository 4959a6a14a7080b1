#include "i18n/tr.h"
#include "roster/roster.h"

struct message {
    enum roster_severity severity;
    const char *text;
};

static const struct message messages[ROSTER_MESSAGES] = {
    [ROSTER_NO_PROBLEM] = {ROSTER_WARNING, ""},
    [ROSTER_FILE_EMPTY] = {ROSTER_ERROR, N_("The file is empty.")},
    [ROSTER_FORMAT_UNKNOWN] = {ROSTER_ERROR,
                               N_("This is not EDEXML, a OneRoster or SDS package, or CSV text.")},
    [ROSTER_TOO_LARGE] = {ROSTER_ERROR, N_("There is more than {0} MB to read.")},
    [ROSTER_TOO_MANY] = {ROSTER_ERROR, N_("There are more than {0} entries of this kind.")},
    [ROSTER_TEXT_TOO_LONG] = {ROSTER_ERROR, N_("This text is longer than {0} KB.")},
    [ROSTER_NO_PUPILS] = {ROSTER_ERROR, N_("The file holds no pupils.")},

    [ROSTER_XML_BROKEN] =
        {ROSTER_ERROR, N_("The XML is not well-formed here; the file may be cut off or damaged.")},
    [ROSTER_XML_ENCODING] = {ROSTER_ERROR,
                             N_("The text is not in the encoding that the file declares, or that "
                                "encoding is not UTF-8, UTF-16, ISO-8859-1 or Windows-1252.")},
    [ROSTER_XML_DOCTYPE] = {ROSTER_ERROR,
                            N_("The file has a DOCTYPE. EDEXML has none; such a file is refused.")},
    [ROSTER_XML_DEPTH] = {ROSTER_ERROR, N_("Elements are nested more than {0} deep.")},
    [ROSTER_XML_TAG_TOO_LONG] = {ROSTER_ERROR, N_("One tag or comment is longer than {0} KB.")},
    [ROSTER_XML_NOT_EDEXML] = {ROSTER_ERROR,
                               N_("This XML file has no EDEX or leerlinggegevens element.")},
    [ROSTER_XML_ELEMENT_UNKNOWN] = {ROSTER_WARNING,
                                    N_("Elements that EDEXML does not know are skipped: {0}.")},

    [ROSTER_CSV_NUL] = {ROSTER_ERROR, N_("The file holds a NUL byte: it is not text.")},
    [ROSTER_CSV_ENCODING] = {ROSTER_ERROR, N_("This is not valid UTF-8 text.")},
    [ROSTER_CSV_QUOTE_OPEN] = {ROSTER_ERROR,
                               N_("The quotation mark that opens here never closes.")},
    [ROSTER_CSV_QUOTE_TEXT] =
        {ROSTER_ERROR, N_("Text follows a closing quotation mark; a quotation mark inside quotes "
                          "is written twice.")},
    [ROSTER_CSV_TOO_WIDE] = {ROSTER_ERROR, N_("The row has more than {0} columns.")},
    [ROSTER_CSV_ROW_TOO_LONG] = {ROSTER_ERROR, N_("The row is longer than {0} KB.")},
    [ROSTER_CSV_ROW_WIDE] =
        {ROSTER_ERROR, N_("The row has more cells than the header; a separator inside a text needs "
                          "quotes around the text.")},
    [ROSTER_CSV_ROW_SHORT] = {ROSTER_ERROR, N_("The row has fewer cells than the header.")},
    [ROSTER_CSV_ROW_FILLED] =
        {ROSTER_WARNING, N_("The row has fewer cells than the header; the last ones are taken as "
                            "empty.")},
    [ROSTER_CSV_SEPARATOR] = {ROSTER_WARNING,
                              N_("The cells are not separated by commas; check that a spreadsheet "
                                 "program did not change numbers and dates.")},
    [ROSTER_CSV_HEADER_UNKNOWN] =
        {ROSTER_ERROR, N_("The first row does not name the columns of a pupil or staff file.")},
    [ROSTER_COLUMN_MISSING] = {ROSTER_ERROR, N_("The column {0} is missing.")},
    [ROSTER_COLUMN_TYPO] = {ROSTER_ERROR,
                            N_("This column name is not known; did you mean {0}? Capitals count.")},
    [ROSTER_COLUMN_TWICE] = {ROSTER_ERROR, N_("The column {0} is there twice.")},
    [ROSTER_COLUMN_UNKNOWN] = {ROSTER_WARNING, N_("This column is not known and is not read.")},
    [ROSTER_ZEROS_LOST] = {ROSTER_WARNING,
                           N_("{0} keys are shorter than the others and none starts with 0: a "
                              "spreadsheet program may have removed leading zeros.")},

    [ROSTER_ZIP_BROKEN] = {ROSTER_ERROR, N_("The zip file is damaged.")},
    [ROSTER_ZIP_ENTRIES] = {ROSTER_ERROR, N_("The zip file holds more than {0} files.")},
    [ROSTER_ZIP_FOLDER] =
        {ROSTER_ERROR, N_("The zip file has a folder inside; the CSV files must be at the top.")},
    [ROSTER_ZIP_ENCRYPTED] = {ROSTER_ERROR, N_("The zip file is protected with a password.")},
    [ROSTER_ZIP_LINK] = {ROSTER_ERROR, N_("The zip file holds something that is not a file.")},
    [ROSTER_ZIP_RATIO] =
        {ROSTER_ERROR, N_("A file in the zip unpacks to more than {0} times its size; such a file "
                          "is refused.")},
    [ROSTER_ZIP_TWICE] = {ROSTER_ERROR, N_("The zip file holds this file twice.")},
    [ROSTER_FILE_MISSING] = {ROSTER_ERROR, N_("The package lacks this file.")},
    [ROSTER_FILE_UNLISTED] = {ROSTER_WARNING,
                              N_("The manifest says that this file is absent; it is not read.")},
    [ROSTER_MANIFEST_VERSION] =
        {ROSTER_ERROR, N_("The manifest names a version of OneRoster other than 1.1 or 1.2.")},
    [ROSTER_BULK_STATUS] =
        {ROSTER_WARNING, N_("A full set leaves status empty; rows marked as deleted are skipped.")},
    [ROSTER_MODES_MIXED] = {ROSTER_WARNING,
                            N_("Some files are a full set and some are changes; all are read as "
                               "changes, and nobody counts as having left.")},

    [ROSTER_SCHOOL_MISSING] = {ROSTER_ERROR,
                               N_("The file does not say of which school and school year it is.")},
    [ROSTER_SCHOOL_ASSUMED] =
        {ROSTER_WARNING, N_("The file does not say of which school and school year it is; check "
                            "that it is the school you chose.")},
    [ROSTER_SCHOOL_YEAR_BAD] = {ROSTER_ERROR,
                                N_("A school year is two consecutive years, such as 2025-2026.")},
    [ROSTER_SCHOOLS_MANY] =
        {ROSTER_WARNING, N_("The package holds {0} schools; each pupil is read with its school.")},
    [ROSTER_BRIN_BAD] = {ROSTER_WARNING,
                         N_("A BRIN is two digits and two capitals; it is ignored.")},

    [ROSTER_KEY_MISSING] = {ROSTER_ERROR, N_("The key is missing.")},
    [ROSTER_KEY_LONG] = {ROSTER_ERROR, N_("The key is longer than {0} characters.")},
    [ROSTER_KEY_TWICE] = {ROSTER_ERROR, N_("This key was used before; the first is on line {0}.")},
    [ROSTER_KEY_MANGLED] = {ROSTER_ERROR,
                            N_("A spreadsheet program changed this number (such as 1,23E+11).")},
    [ROSTER_KEY_NATIONAL] =
        {
            ROSTER_ERROR, N_("The key looks like a national number (BSN), which may not be stored "
                             "here. Use the pupil number of your administration.")},
    [ROSTER_KEY_NINE_DIGITS] =
        {ROSTER_WARNING, N_(
                             "The key looks like a national number (BSN); you confirmed that these "
                             "are numbers of your own administration.")},
    [ROSTER_KEY_UNSTABLE] =
        {
            ROSTER_WARNING, N_("{0} keys start with #: they may differ in the next file, so people "
                               "are matched by name and birth date.")},

    [ROSTER_NAME_MISSING] = {ROSTER_ERROR, N_("A person has neither a first nor a family name.")},
    [ROSTER_NAME_LONG] = {ROSTER_WARNING, N_("This text is longer than {0} characters.")},
    [ROSTER_GROUP_NAME_MISSING] = {ROSTER_WARNING,
                                   N_("The group has no name; its key is shown instead.")},
    [ROSTER_TEXT_NATIONAL] =
        {ROSTER_WARNING, N_("This text holds a number that looks like a national number (BSN).")},
    [ROSTER_DATE_BAD] = {ROSTER_ERROR, N_("This is not a date written as {0}.")},
    [ROSTER_BORN_UNLIKELY] = {ROSTER_WARNING, N_("This birth date is not likely for a pupil.")},
    [ROSTER_VALUE_UNKNOWN] = {ROSTER_ERROR, N_("This value is not one that the format allows.")},
    [ROSTER_VALUE_TYPO] = {ROSTER_ERROR,
                           N_("This value is not one that the format allows; did you mean {0}? "
                              "Capitals count.")},
    [ROSTER_YEAR_NOT_LISTED] = {ROSTER_WARNING,
                                N_("This year group is not in the list; it is read as unknown.")},
    [ROSTER_YEAR_SHIFTED] =
        {ROSTER_WARNING,
         N_("{0} year groups 1 to 6 are read as years 1 to 6 of secondary school.")},
    [ROSTER_GRADE_UNMAPPED] = {ROSTER_WARNING, N_("{0} values of grades have no year group yet.")},
    [ROSTER_ROLE_MISSING] =
        {ROSTER_WARNING, N_(
                             "The file does not say whether this person is pupil or staff; the row "
                             "is skipped.")},
    [ROSTER_ROLE_CLASH] = {ROSTER_WARNING,
                           N_("The role in the group is not the role of the person; the row is "
                              "skipped.")},

    [ROSTER_GROUP_DANGLING] = {ROSTER_WARNING, N_("This group is not in the file.")},
    [ROSTER_LOCATION_DANGLING] = {ROSTER_WARNING, N_("This location is not in the file.")},
    [ROSTER_PERSON_DANGLING] = {ROSTER_WARNING, N_("This person is not in the file.")},
    [ROSTER_HOME_TWICE] = {ROSTER_WARNING,
                           N_("The pupil is in more than one home group; the first one counts.")},
    [ROSTER_ENDED] = {ROSTER_WARNING, N_("{0} rows ended before today and are not read.")},
};

const char *roster_message_text(enum roster_message message)
{
    return (unsigned)message < ROSTER_MESSAGES ? messages[message].text : "";
}

enum roster_severity roster_message_severity(enum roster_message message)
{
    return (unsigned)message < ROSTER_MESSAGES ? messages[message].severity : ROSTER_ERROR;
}
