#!/usr/bin/env python3
"""wordc: readable word lists and frames -> sorted C tables (words.h, words.c).

    wordc.py --header OUT.h --source OUT.c WORDFILE.txt… [--frames BOOK FILE.txt]…

tools/README.md is its manual. Errors are `file:line: message`, all of a run together; exit 1.
"""
import sys
import unicodedata

SET_WORDS = 3                  # as bits[] of struct lex_set
CLASSES_MAX = 64 * SET_WORDS
CUES_MAX = 64
POOL_MAX = 1 << 20
WORDS_MAX = 0x3FFF             # as pattern.h: above it are marks and classes
ITEMS_MAX = 16
GAPS_MAX = 3
GAP_WORDS_MAX = 8
MARKS = {',', '.', '?', '!', ':', ';', '"', '-', '(', ')', '…', '+', '=', '%', '/', '*'}
MARK_CODES = {'…': '~'}
UNSTRESSED = ('el', 'er', 'en', 'em')
PREFIXES = ('be', 'ge', 'her', 'ont', 'ver', 'over', 'onder', 'voor')
VERB_CLASSES = ('fin', 'stem', 'third-form', 'past', 'inf', 'part', 'separable')


class Problems:
    def __init__(self):
        self.said = []

    def add(self, where, message):
        self.said.append(f'{where[0]}:{where[1]}: {message}')


def fold(word):
    """The key of a word, exactly as text.c makes it."""
    word = word.lower().replace('’', "'").replace('‘', "'")
    if word == 'één':
        return word
    if word.count('.') > 1 or word[1:2] == '.':
        word = word.replace('.', '')
    word = word.replace('ß', 'ss').replace('æ', 'ae').replace('œ', 'oe').replace('ø', 'o')
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))


def is_vowel(c):
    return c in 'aeiouy'


def stem_of(infinitive):
    """The stem of a regular verb: lopen -> loop, pakken -> pak, geven -> geef, luisteren -> luister."""
    stem = infinitive[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and not is_vowel(stem[-1]):
        stem = stem[:-1]
    elif len(stem) > 1 and not is_vowel(stem[-1]) and is_vowel(stem[-2]):
        single = len(stem) < 3 or not is_vowel(stem[-3])
        earlier = any(is_vowel(c) for c in stem[:-2])
        if single and stem[-2] not in 'iy' and stem[-1] != 'w' and not (stem[-2:] in UNSTRESSED and earlier):
            stem = stem[:-1] + stem[-2] + stem[-1]
    if stem.endswith('v'):
        stem = stem[:-1] + 'f'
    elif stem.endswith('z'):
        stem = stem[:-1] + 's'
    return stem


def conjugate(spec):
    """Forms of a verb line: `infinitive[/stem] [past pastplural participle]`, prefix as op|ruimen."""
    words = spec.split()
    head, _, given_stem = words[0].partition('/')
    prefix, bar, base = head.rpartition('|')
    forms = []
    if not bar:
        base = head
    short = base in ('gaan', 'staan', 'slaan', 'zien', 'doen')
    if short:
        stem = base[:-2] if base.endswith('aan') else base[:-1]
    else:
        stem = given_stem or stem_of(base)
    hard = base[:-2][-1:] in tuple('tkfsp') or base[:-2].endswith('ch')
    weak = 't' if hard else 'd'
    past, pasts = stem + weak + 'e', stem + weak + 'en'
    bare = base.startswith(PREFIXES) and len(base) > 6 and base not in ('geven', 'gelden')
    part = ('' if bare else 'ge') + stem + ('' if stem[-1] == weak else weak)
    if len(words) == 4:
        past, pasts, part = words[1:]
    third = base[:-1] + 't' if short else stem if stem.endswith('t') else stem + 't'
    forms.append((prefix + base, 'inf'))
    if bar:
        forms.append((prefix + base, 'separable'))
    forms.append((part if len(words) == 4 else prefix + part, 'part'))
    # A separable verb is finite in two pieces; in a clause that ends in the verb, in one.
    for form, classes in ((stem, ('stem',)), (third, ('third-form',)), (past, ('past',)), (pasts, ('past',))):
        for c in classes:
            forms.append((prefix + form, c))
        forms.append((prefix + form, 'fin'))
    forms.append((prefix + base, 'fin'))
    return forms


class Words:
    def __init__(self, problems):
        self.problems = problems
        self.classes = []          # in order of appearance
        self.of = {}               # key -> set of class names
        self.variants = {}         # key -> [keys]
        self.verbs = {}            # infinitive -> [forms]
        self.pending = []          # (where, class, infinitive): ~verb before the verb was read
        self.where = {}

    def declare(self, name):
        if name not in self.classes:
            self.classes.append(name)

    def add(self, where, word, name):
        key = fold(word)
        if not key or len(key.encode()) > 40:
            self.problems.add(where, f'not a word: {word}')
            return
        mine = self.of.setdefault(key, set())
        mine.add(name)
        self.where.setdefault(key, where)

    def read(self, path):
        section = None
        seen_here = set()
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            where = (path, number)
            line = line.split('#', 1)[0].strip()
            if not line:
                continue
            if line.startswith('['):
                section = line[1:].split(']')[0].strip()
                seen_here = set()
                if ']' not in line or not section or not section.replace('-', '').isalnum():
                    self.problems.add(where, 'a section is [name]')
                    section = None
                elif section == 'verbs':
                    for name in VERB_CLASSES:
                        self.declare(name)
                elif section != 'variants':
                    self.declare(section)
                continue
            if section is None:
                self.problems.add(where, 'a word before the first [section]')
            elif section == 'verbs':
                self.read_verb(where, line)
            elif section == 'variants':
                self.read_variant(where, line)
            else:
                for word in line.split():
                    if word in seen_here:
                        self.problems.add(where, f'twice in this section: {word}')
                    seen_here.add(word)
                    if word.startswith('~'):
                        self.pending.append((where, section, word[1:]))
                    else:
                        self.add(where, word, section)

    def read_verb(self, where, line):
        words = line.split()
        infinitive = words[0].partition('/')[0]
        if len(words) not in (1, 4) or not infinitive.endswith('n'):
            self.problems.add(where, 'a verb is `infinitive`, or `infinitive past pasts participle`')
            return
        name = infinitive.replace('|', '')
        if name in self.verbs:
            self.problems.add(where, f'this verb is here twice: {name}')
            return
        self.verbs[name] = conjugate(line)
        for form, kind in self.verbs[name]:
            self.add(where, form, kind)

    def read_variant(self, where, line):
        left, equals, right = line.partition('=')
        left, right = left.split(), right.split()
        if not equals or len(left) != 1 or not 1 <= len(right) <= 2:
            self.problems.add(where, 'a variant is `spelling = one or two words`')
            return
        key = fold(left[0])
        if key in self.variants:
            self.problems.add(where, f'this spelling is here twice: {left[0]}')
        self.variants[key] = [fold(w) for w in right]
        self.where[key] = where

    def settle(self):
        for where, name, infinitive in self.pending:
            if infinitive not in self.verbs:
                self.problems.add(where, f'no such verb in [verbs]: {infinitive}')
                continue
            for form, _ in self.verbs[infinitive]:
                self.add(where, form, name)
        for key, targets in self.variants.items():
            if key in self.of:
                self.problems.add(self.where[key], f'a variant that is also a word of its own: {key}')
            for target in targets:
                if target in self.variants:
                    self.problems.add(self.where[key], f'leads to another variant: {target}')
                self.of.setdefault(target, set())
        if len(self.classes) > CLASSES_MAX:
            self.problems.add(('words', 0), f'more than {CLASSES_MAX} classes')


class Book:
    """Frames of one instrument: sections are cues, lines are patterns."""

    def __init__(self, name, words, problems):
        self.name, self.words, self.problems = name, words, problems
        self.cues = []
        self.patterns = []         # (where, cue, veto, items)

    def read(self, path):
        section = None
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            where = (path, number)
            line = line.split('#', 1)[0].strip()
            if not line:
                continue
            if line.startswith('['):
                section = line[1:].split(']')[0].strip()
                bare = section.lstrip('-')
                if ']' not in line or not bare.replace('-', '').isalnum():
                    self.problems.add(where, 'a section is [cue] or [-cue]')
                    section = None
                elif bare not in self.cues:
                    self.cues.append(bare)
                continue
            if section is None:
                self.problems.add(where, 'a frame before the first [cue]')
                continue
            items = [self.item(where, part) for part in line.split()]
            if None in items:
                continue
            for variant in self.without_leading_options(items):
                self.take(where, section, variant)

    def without_leading_options(self, items):
        at = 1 if items and items[0][0] == 'START' else 0
        if at < len(items) and items[at][0] == 'MAYBE':
            first = ('ONE', items[at][1])
            for rest in self.without_leading_options(items[:at] + items[at + 1:]):
                yield rest
            yield items[:at] + [first] + items[at + 1:]
        else:
            yield items

    def take(self, where, section, items):
        at = 1 if items and items[0][0] == 'START' else 0
        if at >= len(items) or items[at][0] != 'ONE':
            self.problems.add(where, 'a frame begins with a word or class (^ may stand before it)')
            return
        if len(items) > ITEMS_MAX:
            self.problems.add(where, f'more than {ITEMS_MAX} parts')
        if sum(i[0] in ('GAP', 'COMMAGAP') for i in items) > GAPS_MAX:
            self.problems.add(where, f'more than {GAPS_MAX} gaps')
        self.patterns.append((where, section.lstrip('-'), section.startswith('-'), items))

    def item(self, where, part):
        if part == '^':
            return ('START', [])
        if part == '$':
            return ('END', [])
        if part == '%':
            return ('CLAUSE_END', [])
        if part == '_':
            return ('ANY', [])
        for sign, kind in (('..', 'GAP'), (',,', 'COMMAGAP')):
            if part.startswith(sign):
                if not part[2:].isdigit() or not 1 <= int(part[2:]) <= GAP_WORDS_MAX:
                    self.problems.add(where, f'a gap is {sign}1 to {sign}{GAP_WORDS_MAX}: {part}')
                    return None
                return (kind, int(part[2:]))
        if part in MARKS:
            return ('ONE', [('mark', part)])
        kind = 'ONE'
        if part.startswith('!'):
            kind, part = 'NOT', part[1:]
        elif part.endswith('?'):
            kind, part = 'MAYBE', part[:-1]
        alts = []
        for alt in part.split('|'):
            if alt.startswith('@'):
                if alt[1:] not in self.words.classes:
                    self.problems.add(where, f'no such class: {alt}')
                    return None
                alts.append(('class', alt[1:]))
            elif alt in MARKS:
                alts.append(('mark', alt))
            elif alt == '0':
                alts.append(('number', alt))
            else:
                key = fold(alt)
                if key in self.words.variants:
                    self.problems.add(where, f'never seen: {alt} is read as '
                                      + ' '.join(self.words.variants[key]))
                    return None
                if not key or not all(c.isalpha() or c in "'-" for c in key):
                    self.problems.add(where, f'not a word, class, gap or mark: {alt or part}')
                    return None
                self.words.of.setdefault(key, set())
                alts.append(('word', key))
        return (kind, alts)


def c_name(text):
    return text.upper().replace('-', '_')


def make_pool(texts):
    """All texts in one string; a text that ends another one shares its tail."""
    pool, offsets = bytearray(), {}
    tails = {}
    for text in sorted(texts, key=lambda t: (-len(t.encode()), t)):
        raw = text.encode()
        if raw in tails:
            offsets[text] = tails[raw]
            continue
        start = len(pool)
        pool += raw + b'\0'
        offsets[text] = start
        for cut in range(len(raw)):
            tails.setdefault(raw[cut:], start + cut)
    return bytes(pool), offsets


def rows(values, per_line=16):
    out = []
    for i in range(0, len(values), per_line):
        out.append('    ' + ', '.join(str(v) for v in values[i:i + per_line]) + ',')
    return '\n'.join(out) + '\n'


def set_words(value):
    """A struct lex_set with these bits."""
    words = [f'0x{value >> (64 * i) & (2**64 - 1):x}u' for i in range(SET_WORDS)]
    return '{{' + ', '.join(words) + '}}'


def key_hash(key):
    """FNV-1a, as lexicon_find computes it."""
    value = 2166136261
    for byte in key.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def make_slots(keys):
    """Numbers of words by hash, open addressing; at most half full, a power of two."""
    size = 1 << (2 * len(keys)).bit_length()
    slots = [0] * size
    for number, key in enumerate(keys, 1):
        at = key_hash(key) % size
        while slots[at]:
            at = (at + 1) % size
        slots[at] = number
    return slots


def write_tables(words, books, header, source):
    keys = sorted(set(words.of) | set(words.variants), key=lambda k: k.encode())
    number = {key: i for i, key in enumerate(keys)}
    pool, offsets = make_pool(keys)
    if len(pool) > POOL_MAX:
        return f'the words take {len(pool)} bytes, more than {POOL_MAX}'
    if len(keys) > WORDS_MAX:
        return f'{len(keys)} words, more than {WORDS_MAX}'
    bit = {name: i for i, name in enumerate(words.classes)}
    sets, set_number = [0], {0: 0}
    variants = []
    entry_rows = []
    for key in keys:
        if key in words.variants:
            targets = [number[t] + 1 for t in words.variants[key]] + [0]
            entry_rows.append(f'    {{{offsets[key]}, {0x8000 | len(variants)}}}, /* {key} */')
            variants.append(f'    {{{{{targets[0]}, {targets[1]}}}}},')
            continue
        value = sum(1 << bit[c] for c in words.of[key])
        if value not in set_number:
            set_number[value] = len(sets)
            sets.append(value)
        entry_rows.append(f'    {{{offsets[key]}, {set_number[value]}}}, /* {key} */')

    words.size = {name: sum(name in of for of in words.of.values()) for name in words.classes}
    h = ['/* Made by wordc from the lists in src/language. Not for editing. */',
         '#ifndef GEN_WORDS_H', '#define GEN_WORDS_H', '', '#include "language/lexicon.h"',
         '#include "language/pattern.h"', '', 'enum lex_class {']
    h += [f'    LEX_{c_name(c)},' for c in words.classes]
    h += ['    LEX_COUNT', '};', '']
    c = ['/* Made by wordc from the lists in src/language. Not for editing. */',
         '#include "gen/words.h"', '',
         'const struct lex_row lex_rows[] = {', *entry_rows, '};',
         f'const size_t lex_row_count = {len(keys)};', '',
         'const struct lex_variant lex_variants[] = {', *(variants or ['    {{0, 0}},']), '};', '',
         'const struct lex_set lex_sets[] = {']
    c += [f'    {set_words(value)},' for value in sets]
    c += ['};', '', 'const char *const lex_class_names[] = {']
    c += [f'    "{name}",' for name in words.classes]
    slots = make_slots(keys)
    c += ['};', '', 'const uint16_t lex_slots[] = {', rows(slots) + '};',
          f'const uint32_t lex_slot_mask = {len(slots) - 1};']
    # Bytes, not a string: ISO C limits the length of a string.
    c += ['', 'const unsigned char lex_pool[] = {', rows(list(pool), 24) + '};', '']
    for book in books:
        book_tables(book, number, bit, h, c, words)
    h += ['#endif']
    open(header, 'w', encoding='utf-8').write('\n'.join(h) + '\n')
    open(source, 'w', encoding='utf-8').write('\n'.join(c) + '\n')
    return None


KINDS = ('ONE', 'MAYBE', 'NOT', 'ANY', 'GAP', 'COMMAGAP', 'START', 'END', 'CLAUSE_END')


def needed(parts, bit, words):
    """The part of a frame that fewest sentences have: looked for before the frame is tried. 0: none."""
    anchor = 1 if parts[0][0] == 'START' else 0
    best, best_size = 0, 1 << 30
    for at, (kind, alts) in enumerate(parts):
        if kind != 'ONE' or at == anchor or any(a[0] not in ('word', 'class') for a in alts):
            continue
        size = sum(1 if a[0] == 'word' else 3 * words.size[a[1]] for a in alts)
        if size < best_size:
            best, best_size = at, size
    return best


def book_tables(book, number, bit, h, c, words):
    name = book.name
    h.append(f'enum {name}_cue {{')
    h += [f'    {c_name(name)}_CUE_{c_name(cue)},' for cue in book.cues]
    h += [f'    {c_name(name)}_CUE_COUNT', '};', f'extern const struct pattern_book {name}_book;', '']
    alts, alt_at, items, patterns = [], {}, [], []
    by_word, by_class, by_mark = {}, {}, []
    for index, (where, cue, veto, parts) in enumerate(book.patterns):
        first_item = len(items)
        for kind, detail in parts:
            if kind in ('GAP', 'COMMAGAP'):
                items.append(f'    {{0, {detail}, ITEM_{kind}}},')
                continue
            codes = tuple(alt_code(a, number, bit) for a in detail)
            if codes not in alt_at:
                alt_at[codes] = len(alts)
                alts.extend(codes)
            items.append(f'    {{{alt_at[codes]}, {len(codes)}, ITEM_{kind}}},')
        patterns.append(f'    {{{first_item}, {len(parts)}, {book.cues.index(cue)}, '
                        f'{1 if veto else 0}, {needed(parts, bit, words)}}}, /* {where[0].rsplit("/", 1)[-1]}:{where[1]} */')
        anchor = parts[1] if parts[0][0] == 'START' else parts[0]
        for what, value in anchor[1]:
            if what == 'word':
                by_word.setdefault(number[value], []).append(index)
            elif what == 'class':
                by_class.setdefault(bit[value], []).append(index)
            else:
                by_mark.append(index)
    lists = []

    def trigger(of, indexes):
        """Frames first, then those that take away."""
        plain = [i for i in indexes if not book.patterns[i][2]]
        vetoes = [i for i in indexes if book.patterns[i][2]]
        row = f'{{{of}, {len(lists)}, {len(plain)}, {len(vetoes)}}}'
        lists.extend(plain + vetoes)
        return row

    word_rows = [f'    {trigger(word + 1, by_word[word])},' for word in sorted(by_word)]
    class_rows = [f'    {trigger(i, by_class.get(i, []))},' for i in range(len(words.classes))]
    mark_row = trigger(0, by_mark)
    lead = sum(1 << b for b in by_class)
    c += [f'static const struct pattern_item {name}_items[] = {{', *items, '};',
          f'static const uint16_t {name}_alts[] = {{', rows(alts or [0]) + '};',
          f'static const struct pattern {name}_patterns[] = {{', *patterns, '};',
          f'static const uint16_t {name}_lists[] = {{', rows(lists or [0]) + '};',
          f'static const struct pattern_trigger {name}_words[] = {{', *(word_rows or ['    {0, 0, 0, 0},']), '};',
          f'static const struct pattern_trigger {name}_classes[] = {{', *class_rows, '};',
          f'static const char *const {name}_cue_names[] = {{']
    c += [f'    "{cue}",' for cue in book.cues]
    c += ['};', f'const struct pattern_book {name}_book = {{',
          f'    .patterns = {name}_patterns, .items = {name}_items, .alts = {name}_alts,',
          f'    .lists = {name}_lists, .words = {name}_words, .word_count = {len(word_rows)},',
          f'    .classes = {name}_classes, .marks = {mark_row},',
          f'    .leading = {set_words(lead)},',
          f'    .cue_names = {name}_cue_names, .cue_count = {len(book.cues)},',
          f'    .pattern_count = {len(patterns)},', '};', '']


def alt_code(alt, number, bit):
    what, value = alt
    if what == 'word':
        return number[value] + 1
    if what == 'class':
        return 0x8000 | bit[value]
    if what == 'number':
        return 0x4000
    return 0x4000 | ord(MARK_CODES.get(value, value))


def main(argv):
    header = source = None
    word_files, book_files = [], {}
    at = 0
    while at < len(argv):
        if argv[at] == '--header':
            header, at = argv[at + 1], at + 2
        elif argv[at] == '--source':
            source, at = argv[at + 1], at + 2
        elif argv[at] == '--frames':
            book_files.setdefault(argv[at + 1], []).append(argv[at + 2])
            at += 3
        else:
            word_files.append(argv[at])
            at += 1
    problems = Problems()
    words = Words(problems)
    for path in word_files:
        words.read(path)
    words.settle()
    books = []
    for name, paths in book_files.items():
        book = Book(name, words, problems)
        for path in paths:
            book.read(path)
        if len(book.cues) > CUES_MAX:
            problems.add((paths[-1], 0), f'more than {CUES_MAX} cues')
        books.append(book)
    if not problems.said and header and source:
        trouble = write_tables(words, books, header, source)
        if trouble:
            problems.said.append(trouble)
    for line in problems.said:
        print(line, file=sys.stderr)
    return 1 if problems.said else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
