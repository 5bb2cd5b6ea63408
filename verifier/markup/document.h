// An XML document from outside, read strictly, as a tree that is only looked at.
//
// Threat: XML bombs, external entities, XInclude, tricks with encodings, depth, attributes. So:
// UTF-8 or UTF-16 only, no document type, no inclusion, no file and no host is ever opened, and
// everything is bounded before it is built. Comments and processing instructions are kept for
// canonical.h alone. Source: XML 1.0 (fifth edition), Namespaces in XML 1.0.
// A document belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/markup/problem.h"

namespace heyan::markup {

struct ReadLimits {
  std::size_t bytes = 64u << 20;       // of the document, as it came and as UTF-8
  std::size_t depth = 64;              // elements in elements
  std::size_t elements = 200'000;      // and comments and processing instructions
  std::size_t attributes = 256;        // of one element, declarations of namespaces among them
  std::size_t namespaces = 1'024;      // declarations in the document
  std::size_t tag_bytes = 64u << 10;   // of one tag, comment or instruction
  std::size_t text_bytes = 64u << 20;  // between two of these
};

struct Attribute {
  std::string space;  // address of its namespace; empty: none
  std::string name;   // local
  std::string value;
  bool operator==(const Attribute&) const = default;
};

class Document;

// An element of a document that outlives it, or nothing: of nothing every part is empty, so that a
// path through a tree is asked in one go. A small value.
class Element {
 public:
  Element() = default;
  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Element&) const = default;

  std::string_view name() const;   // local
  std::string_view space() const;  // address of its namespace; empty: none
  bool is(std::string_view space, std::string_view name) const;

  // The characters directly in it, without those of elements in it.
  std::string text() const;
  // The same without white space at the ends, which is how simple values of schemas are compared.
  std::string value() const;
  std::optional<std::string> attribute(std::string_view space, std::string_view name) const;
  std::vector<Attribute> attributes() const;  // without declarations of namespaces

  Element first() const;  // element in it
  Element next() const;   // element beside it
  Element parent() const;
  std::vector<Element> children() const;
  std::vector<Element> children(std::string_view space, std::string_view name) const;
  // The first such child, or nothing.
  Element child(std::string_view space, std::string_view name) const;
  // The address that the prefix has here; nothing where it has none.
  std::optional<std::string> space_of(std::string_view prefix) const;

  std::size_t line() const;
  std::string path() const;  // as Problem::path

 private:
  friend class Document;
  friend struct Inside;
  explicit Element(const void* node) : node_(node) {}
  const void* node_ = nullptr;
};

// Calls `visit` with the element and all beneath it, in the order of the document.
template <typename Visit>
void walk(const Element& element, Visit visit) {
  Element at = element;
  while (at) {
    visit(at);
    if (const Element down = at.first()) {
      at = down;
      continue;
    }
    while (at != element && !at.next()) at = at.parent();
    if (at == element) return;
    at = at.next();
  }
}

class Document {
 public:
  // The document, or why it is refused: the first reason that was met.
  static std::expected<Document, Problem> read(core::ByteView bytes, const ReadLimits& limits = {});
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

  Element root() const;

 private:
  friend struct Inside;
  struct Tree;
  explicit Document(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

}  // namespace heyan::markup
