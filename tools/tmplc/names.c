#include "names.h"

#define LI_PARENTS " ul ol menu "
#define DL_PARENTS " dl div "
#define ROW_PARENTS " table thead tbody tfoot "
#define HEAD_PARENTS " head noscript "
#define MEDIA_PARENTS " video audio picture "
#define SCRIPTS " script template "

static const struct element elements[] = {
    /* the document */
    {"html", EL_BLOCK, " <!DOCTYPE> ", " head body "},
    {"head", EL_BLOCK, " html ", " title meta link noscript" SCRIPTS},
    {"body", EL_BLOCK, " html ", NULL},
    {"title", EL_BLOCK | EL_TEXT_ONLY, " head ", NULL},
    {"meta", EL_BLOCK | EL_VOID, " head ", NULL},
    {"link", EL_BLOCK | EL_VOID, HEAD_PARENTS, NULL},
    {"script", EL_RAW, NULL, NULL},
    {"noscript", EL_TRANSPARENT, NULL, NULL},
    {"template", EL_TRANSPARENT, NULL, NULL},
    {"slot", EL_TRANSPARENT, NULL, NULL},

    /* sections */
    {"address", EL_BLOCK, NULL, NULL},
    {"article", EL_BLOCK, NULL, NULL},
    {"aside", EL_BLOCK, NULL, NULL},
    {"footer", EL_BLOCK, NULL, NULL},
    {"h1", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"h2", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"h3", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"h4", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"h5", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"h6", EL_BLOCK | EL_HEADING | EL_PHRASING, NULL, NULL},
    {"header", EL_BLOCK, NULL, NULL},
    {"hgroup", EL_BLOCK | EL_HEADING, NULL, " h1 h2 h3 h4 h5 h6 p" SCRIPTS},
    {"main", EL_BLOCK, NULL, NULL},
    {"nav", EL_BLOCK, NULL, NULL},
    {"search", EL_BLOCK, NULL, NULL},
    {"section", EL_BLOCK, NULL, NULL},

    /* blocks of text */
    {"blockquote", EL_BLOCK, NULL, NULL},
    {"dd", EL_BLOCK, DL_PARENTS, NULL},
    {"div", EL_BLOCK, NULL, NULL},
    {"dl", EL_BLOCK, NULL, " dt dd div" SCRIPTS},
    {"dt", EL_BLOCK, DL_PARENTS, NULL},
    {"figcaption", EL_BLOCK, " figure ", NULL},
    {"figure", EL_BLOCK, NULL, NULL},
    {"hr", EL_BLOCK | EL_VOID, NULL, NULL},
    {"li", EL_BLOCK, LI_PARENTS, NULL},
    {"menu", EL_BLOCK, NULL, " li" SCRIPTS},
    {"ol", EL_BLOCK, NULL, " li" SCRIPTS},
    {"p", EL_BLOCK | EL_PHRASING, NULL, NULL},
    {"pre", EL_BLOCK | EL_PHRASING | EL_VERBATIM, NULL, NULL},
    {"ul", EL_BLOCK, NULL, " li" SCRIPTS},

    /* among words */
    {"a", EL_TRANSPARENT | EL_INTERACTIVE, NULL, NULL},
    {"abbr", EL_PHRASING, NULL, NULL},
    {"b", EL_PHRASING, NULL, NULL},
    {"bdi", EL_PHRASING, NULL, NULL},
    {"bdo", EL_PHRASING, NULL, NULL},
    {"br", EL_VOID, NULL, NULL},
    {"cite", EL_PHRASING, NULL, NULL},
    {"code", EL_PHRASING, NULL, NULL},
    {"data", EL_PHRASING, NULL, NULL},
    {"del", EL_TRANSPARENT, NULL, NULL},
    {"dfn", EL_PHRASING, NULL, NULL},
    {"em", EL_PHRASING, NULL, NULL},
    {"i", EL_PHRASING, NULL, NULL},
    {"ins", EL_TRANSPARENT, NULL, NULL},
    {"kbd", EL_PHRASING, NULL, NULL},
    {"mark", EL_PHRASING, NULL, NULL},
    {"q", EL_PHRASING, NULL, NULL},
    {"rp", EL_PHRASING, " ruby ", NULL},
    {"rt", EL_PHRASING, " ruby ", NULL},
    {"ruby", EL_PHRASING, NULL, NULL},
    {"s", EL_PHRASING, NULL, NULL},
    {"samp", EL_PHRASING, NULL, NULL},
    {"small", EL_PHRASING, NULL, NULL},
    {"span", EL_PHRASING, NULL, NULL},
    {"strong", EL_PHRASING, NULL, NULL},
    {"sub", EL_PHRASING, NULL, NULL},
    {"sup", EL_PHRASING, NULL, NULL},
    {"time", EL_PHRASING, NULL, NULL},
    {"u", EL_PHRASING, NULL, NULL},
    {"var", EL_PHRASING, NULL, NULL},
    {"wbr", EL_VOID, NULL, NULL},

    /* pictures and sound */
    {"area", EL_VOID, " map ", NULL},
    {"audio", EL_TRANSPARENT, NULL, NULL},
    {"canvas", EL_TRANSPARENT, NULL, NULL},
    {"img", EL_VOID, NULL, NULL},
    {"map", EL_TRANSPARENT, NULL, NULL},
    {"picture", 0, NULL, " source img" SCRIPTS},
    {"source", EL_VOID, MEDIA_PARENTS, NULL},
    {"track", EL_VOID, " video audio ", NULL},
    {"video", EL_TRANSPARENT, NULL, NULL},

    /* tables */
    {"caption", EL_BLOCK, " table ", NULL},
    {"col", EL_BLOCK | EL_VOID, " colgroup ", NULL},
    {"colgroup", EL_BLOCK, " table ", " col template "},
    {"table", EL_BLOCK, NULL, " caption colgroup thead tbody tfoot tr" SCRIPTS},
    {"tbody", EL_BLOCK, " table ", " tr" SCRIPTS},
    {"td", EL_BLOCK, " tr ", NULL},
    {"tfoot", EL_BLOCK, " table ", " tr" SCRIPTS},
    {"th", EL_BLOCK, " tr ", NULL},
    {"thead", EL_BLOCK, " table ", " tr" SCRIPTS},
    {"tr", EL_BLOCK, ROW_PARENTS, " td th" SCRIPTS},

    /* forms */
    {"button", EL_PHRASING | EL_INTERACTIVE, NULL, NULL},
    {"datalist", EL_PHRASING, NULL, NULL},
    {"fieldset", EL_BLOCK, NULL, NULL},
    {"form", EL_BLOCK, NULL, NULL},
    {"input", EL_VOID | EL_INTERACTIVE, NULL, NULL},
    {"label", EL_PHRASING | EL_INTERACTIVE, NULL, NULL},
    {"legend", EL_BLOCK | EL_PHRASING | EL_HOLDS_HEADING, " fieldset ", NULL},
    {"meter", EL_PHRASING, NULL, NULL},
    {"optgroup", EL_BLOCK, " select ", " option" SCRIPTS},
    {"option", EL_TEXT_ONLY, " select optgroup datalist ", NULL},
    {"output", EL_PHRASING, NULL, NULL},
    {"progress", EL_PHRASING, NULL, NULL},
    {"select", EL_INTERACTIVE, NULL, " option optgroup hr" SCRIPTS},
    {"textarea", EL_INTERACTIVE | EL_TEXT_ONLY | EL_VERBATIM, NULL, NULL},

    /* that open and close */
    {"details", EL_BLOCK | EL_INTERACTIVE, NULL, NULL},
    {"dialog", EL_BLOCK, NULL, NULL},
    {"summary", EL_BLOCK | EL_PHRASING | EL_HOLDS_HEADING, " details ", NULL},
};

static const struct element svg_elements[] = {
    {"svg", EL_SVG, NULL, NULL},
    {"a", EL_SVG | EL_INTERACTIVE, NULL, NULL},
    {"circle", EL_SVG, NULL, NULL},
    {"clipPath", EL_SVG, NULL, NULL},
    {"defs", EL_SVG, NULL, NULL},
    {"desc", EL_SVG | EL_TEXT_ONLY, NULL, NULL},
    {"ellipse", EL_SVG, NULL, NULL},
    {"g", EL_SVG, NULL, NULL},
    {"image", EL_SVG, NULL, NULL},
    {"line", EL_SVG, NULL, NULL},
    {"linearGradient", EL_SVG, NULL, NULL},
    {"marker", EL_SVG, NULL, NULL},
    {"mask", EL_SVG, NULL, NULL},
    {"path", EL_SVG, NULL, NULL},
    {"pattern", EL_SVG, NULL, NULL},
    {"polygon", EL_SVG, NULL, NULL},
    {"polyline", EL_SVG, NULL, NULL},
    {"radialGradient", EL_SVG, NULL, NULL},
    {"rect", EL_SVG, NULL, NULL},
    {"stop", EL_SVG, " linearGradient radialGradient ", NULL},
    {"symbol", EL_SVG, NULL, NULL},
    {"text", EL_SVG, NULL, NULL},
    {"textPath", EL_SVG, " text ", NULL},
    {"title", EL_SVG | EL_TEXT_ONLY, NULL, NULL},
    {"tspan", EL_SVG, " text tspan textPath a ", NULL},
    {"use", EL_SVG, NULL, NULL},
};

static const char attributes_bool[] =
    " async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap"
    " itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed"
    " selected ";

static const char attributes_either[] = " download hidden popover ";

static const char attributes_url[] =
    " action cite data-url formaction href manifest poster src usemap xlink:href ";

static const char attributes_urls[] = " imagesrcset ping srcset ";

static const char attributes_literal[] = " xmlns xmlns:xlink ";

static const char attributes_text[] =
    " abbr accept accept-charset accesskey allow alt as autocapitalize autocomplete autocorrect"
    " blocking capture charset class color cols colspan content contenteditable coords crossorigin"
    " datetime decoding dir dirname draggable enctype enterkeyhint fetchpriority for form"
    " formenctype formmethod formtarget headers height high hreflang id imagesizes inputmode"
    " integrity itemid itemprop itemref itemtype kind label lang list loading low max maxlength"
    " media method min minlength name optimum pattern placeholder popovertarget"
    " popovertargetaction preload referrerpolicy rel role rows rowspan scope shape size sizes slot"
    " span spellcheck srclang start step tabindex target title translate type value width wrap ";

static const char attributes_aria[] =
    " activedescendant atomic autocomplete busy checked colcount colindex colspan controls current"
    " describedby description details disabled errormessage expanded flowto haspopup hidden invalid"
    " keyshortcuts label labelledby level live modal multiline multiselectable orientation owns"
    " placeholder posinset pressed readonly relevant required roledescription rowcount rowindex"
    " rowspan selected setsize sort valuemax valuemin valuenow valuetext ";

static const char attributes_svg[] =
    " alignment-baseline clip-path clip-rule clipPathUnits cx cy d display dominant-baseline dx dy"
    " fill fill-opacity fill-rule focusable font-family font-size font-style font-weight fx fy"
    " gradientTransform gradientUnits lengthAdjust letter-spacing marker-end marker-mid"
    " marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset"
    " opacity orient overflow paint-order pathLength patternContentUnits patternTransform"
    " patternUnits pointer-events points preserveAspectRatio r refX refY rotate rx ry"
    " shape-rendering spreadMethod startOffset stop-color stop-opacity stroke stroke-dasharray"
    " stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity"
    " stroke-width text-anchor text-decoration text-rendering textLength transform vector-effect"
    " version viewBox visibility x x1 x2 y y1 y2 ";

/* Of the HTML standard, but not for us, each with the reason. */
static const struct {
    const char *name, *why;
} refused_elements[] = {
    {"style", "styles are files in assets/"},
    {"base", "it would change every address on the page"},
    {"iframe", "a page holds no other documents"},
    {"object", "a page holds no other documents"},
    {"embed", "a page holds no other documents"},
};

static const struct {
    const char *name, *why;
} refused_attributes[] = {
    {"style", "the browser is told to ignore inline styles: use a class"},
    {"srcdoc", "a page holds no other documents"},
    {"http-equiv", "headers are set by the program"},
    {"nonce", "scripts are files in assets/"},
};

bool name_in(struct slice name, const char *words)
{
    for (const char *at = words; *at == ' ' && at[1];) {
        size_t len = strcspn(at + 1, " ");
        if (slice_equal(name, (struct slice){at + 1, len}))
            return true;
        at += 1 + len;
    }
    return false;
}

const struct element *element_find(struct slice name, bool svg)
{
    const struct element *table = svg ? svg_elements : elements;
    size_t count = svg ? ARRAY_LEN(svg_elements) : ARRAY_LEN(elements);
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, table[i].name))
            return &table[i];
    }
    return NULL;
}

const char *element_refusal(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(refused_elements); i++) {
        if (slice_is(name, refused_elements[i].name))
            return refused_elements[i].why;
    }
    return NULL;
}

/* data-…: lower case, so that scripts find it under the same name. */
static bool is_data(struct slice name)
{
    if (!slice_starts(name, "data-") || name.len == strlen("data-"))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.s[i];
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-' && c != '_')
            return false;
    }
    return true;
}

enum attribute_kind attribute_find(struct slice name)
{
    if (name_in(name, attributes_url) || (is_data(name) && slice_ends(name, "-url")))
        return ATTRIBUTE_URL;
    if (name_in(name, attributes_urls))
        return ATTRIBUTE_URLS;
    if (name_in(name, attributes_bool))
        return ATTRIBUTE_BOOL;
    if (name_in(name, attributes_either) || is_data(name))
        return ATTRIBUTE_EITHER;
    if (name_in(name, attributes_literal))
        return ATTRIBUTE_LITERAL;
    if (name_in(name, attributes_text) || name_in(name, attributes_svg))
        return ATTRIBUTE_TEXT;
    struct slice aria = {name.s + 5, name.len > 5 ? name.len - 5 : 0};
    if (slice_starts(name, "aria-") && name_in(aria, attributes_aria))
        return ATTRIBUTE_TEXT;
    return ATTRIBUTE_UNKNOWN;
}

const char *attribute_refusal(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(refused_attributes); i++) {
        if (slice_is(name, refused_attributes[i].name))
            return refused_attributes[i].why;
    }
    if (name.len > 2 && slice_starts(name, "on"))
        return "scripts are files in assets/ and add their own listeners";
    return NULL;
}
