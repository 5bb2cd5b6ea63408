// A report as a reader meets it, before it has a form: sections of headings, paragraphs, fields,
// tables, lists and pictures, in one language. Built once from the report (sections.h); text, HTML
// and PDF only lay it out, so that none of them can say more, less or something else.
//
// Threat: text from outside comes as kTold, already quoted, cut and with controls made visible
// (security decision 20); a paragraph of role kVerdict holds none. Values, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "schemas/catalogue/catalogue.h"

namespace heyan::report {

// A run of text with one meaning. UTF-8 without controls.
struct Span {
  enum class Kind : std::uint8_t {
    kPlain,
    kStrong,
    kSymbol,    // of a verdict or an outcome, from the catalogue: "[一致]"
    kCode,      // letters and digits that may be long: a digest, a key
    kTold,      // somebody's words, quoted
    kDeclared,  // the mark behind words that nobody verified; layouts set a space before it
    kTag,       // a code of the catalogue, for whoever looks it up; likewise
  };
  std::string text;
  Kind kind = Kind::kPlain;
};
using Spans = std::vector<Span>;

struct Heading {
  int level = 2;  // 1 (the title), 2 (a section), 3 (a part), 4
  Spans text;
};

struct Paragraph {
  enum class Role : std::uint8_t {
    kBody,
    kNotice,    // to be read before all else
    kVerdict,   // symbol and word: nothing else stands on that line
    kNextStep,  // what to do
    kSmall,
  };
  Spans text;
  Role role = Role::kBody;
};

struct Field {
  std::string name;
  Spans value;
};
struct Fields {
  std::vector<Field> fields;
};

// The first cell of a row is its heading. Every row has as many cells as there are columns.
struct Table {
  std::string caption;  // may be empty
  std::vector<std::string> columns;
  std::vector<std::vector<Spans>> rows;
};

// Lengths in points (1/72 inch), y downwards from the upper left corner. Black on white; what a
// colour would say, a dash or a word says.
struct Shape {
  enum class Kind : std::uint8_t { kBox, kLine, kArrow, kText };
  Kind kind = Kind::kBox;
  double x = 0;
  double y = 0;
  double to_x = 0;  // a box's lower right corner, a line's end; unused by a text
  double to_y = 0;
  bool dashed = false;
  bool bold = false;  // a text's weight, a line's width
  enum class Anchor : std::uint8_t { kStart, kMiddle, kEnd };
  Anchor anchor = Anchor::kStart;  // of a text, whose base line is at y
  double size = 9;                 // of a text
  std::string text;
};
// No wider than kPictureWidth.
struct Picture {
  std::string description;  // says all that the picture says
  double width = 0;
  double height = 0;
  std::vector<Shape> shapes;
};
inline constexpr double kPictureWidth = 480;

struct Block;
struct List {
  bool numbered = false;
  std::vector<std::vector<Block>> items;
};
// What belongs together, in a frame.
struct Group {
  std::vector<Block> blocks;
};
struct Block {
  std::variant<Heading, Paragraph, Fields, Table, List, Group, Picture> content;
};

struct Section {
  std::string id;         // an anchor: letters, digits, '-'
  bool new_page = false;  // where there are pages
  std::vector<Block> blocks;
};

struct Document {
  catalogue::Language language = catalogue::Language::kChinese;
  std::string title;
  std::string number;          // of the report, as shown
  std::string payload_digest;  // SHA-256, lower-case hex
  std::vector<Section> sections;
};

}  // namespace heyan::report
