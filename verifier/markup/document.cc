#include "verifier/markup/document.h"

#include <libxml/parser.h>

#include "verifier/markup/gate.h"
#include "verifier/markup/library.h"

namespace heyan::markup {
namespace {

using Kind = Problem::Kind;

constexpr std::string_view kXInclude = "http://www.w3.org/2001/XInclude";
constexpr std::string_view kXIncludeDraft = "http://www.w3.org/2003/XInclude";

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

// Called by the parser for each error: the first is the one that explains.
void keep_first(void* context, xmlError* error) {
  auto& problem = *static_cast<Problem*>(static_cast<xmlParserCtxt*>(context)->_private);
  if (!problem.detail.empty() || error->level < XML_ERR_ERROR) return;
  problem.kind = error->code == XML_ERR_NO_MEMORY ? Kind::kLibrary : Kind::kNotWellFormed;
  problem.line = error->line > 0 ? static_cast<std::size_t>(error->line) : 0;
  problem.detail = sentence(*error);
}

const xmlNode* element_from(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

std::string_view address(const xmlNs* space) {
  return space == nullptr ? std::string_view() : view(space->href);
}

std::string value_of(const xmlAttr* attribute) {
  std::string value;
  for (const xmlNode* part = attribute->children; part != nullptr; part = part->next) {
    if (part->type == XML_TEXT_NODE) value += view(part->content);
  }
  return value;
}

}  // namespace

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::expected<Document, Problem> Document::read(core::ByteView bytes, const ReadLimits& limits) {
  prepare_library();
  auto text = pass_gate(bytes, limits);
  if (!text) return std::unexpected(std::move(text).error());
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  Problem problem;
  if (context == nullptr || context->sax == nullptr || text->size() > INT_MAX) {
    problem.detail = "no memory for the document";
    return std::unexpected(problem);
  }
  context->_private = &problem;
  context->sax->serror = keep_first;
  // Not NOENT, not DTDLOAD, not XINCLUDE. HUGE: the limits are ours, and tighter.
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES |
                           XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  OwnedDocument document(xmlCtxtReadMemory(
      context.get(), text->data(), static_cast<int>(text->size()), nullptr, nullptr, kOptions));
  if (document == nullptr || xmlDocGetRootElement(document.get()) == nullptr ||
      !problem.detail.empty()) {
    if (problem.detail.empty()) problem.detail = "no memory for the document";
    return std::unexpected(problem);
  }
  Document read(std::make_unique<Tree>(std::move(document)));
  walk(read.root(), [&](const Element& element) {
    if (!problem.detail.empty()) return;
    if (element.space() != kXInclude && element.space() != kXIncludeDraft) return;
    problem = {.kind = Kind::kXInclude,
               .line = element.line(),
               .path = element.path(),
               .detail =
                   "the document asks for another one to be included, which is never done: "
                   "send it complete"};
  });
  if (!problem.detail.empty()) return std::unexpected(problem);
  return read;
}

Element Document::root() const { return Element(xmlDocGetRootElement(tree_->document.get())); }

std::string_view Element::name() const { return *this ? view(Inside::of(*this)->name) : ""; }

std::string_view Element::space() const { return *this ? address(Inside::of(*this)->ns) : ""; }

bool Element::is(std::string_view wanted, std::string_view called) const {
  return *this && name() == called && space() == wanted;
}

std::string Element::text() const {
  std::string text;
  if (!*this) return text;
  for (const xmlNode* at = Inside::of(*this)->children; at != nullptr; at = at->next) {
    if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) text += view(at->content);
  }
  return text;
}

std::string Element::value() const {
  const std::string all = text();
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = all.find_first_not_of(kSpace);
  if (begin == std::string::npos) return {};
  return all.substr(begin, all.find_last_not_of(kSpace) + 1 - begin);
}

std::optional<std::string> Element::attribute(std::string_view wanted,
                                              std::string_view called) const {
  if (!*this) return std::nullopt;
  for (const xmlAttr* at = Inside::of(*this)->properties; at != nullptr; at = at->next) {
    if (view(at->name) == called && address(at->ns) == wanted) return value_of(at);
  }
  return std::nullopt;
}

std::vector<Attribute> Element::attributes() const {
  std::vector<Attribute> all;
  if (!*this) return all;
  for (const xmlAttr* at = Inside::of(*this)->properties; at != nullptr; at = at->next) {
    all.push_back({.space = std::string(address(at->ns)),
                   .name = std::string(view(at->name)),
                   .value = value_of(at)});
  }
  return all;
}

Element Element::first() const {
  return *this ? Element(element_from(Inside::of(*this)->children)) : Element();
}

Element Element::next() const {
  return *this ? Element(element_from(Inside::of(*this)->next)) : Element();
}

Element Element::parent() const {
  if (!*this) return {};
  const xmlNode* const above = Inside::of(*this)->parent;
  return above != nullptr && above->type == XML_ELEMENT_NODE ? Element(above) : Element();
}

std::vector<Element> Element::children() const {
  std::vector<Element> all;
  for (Element at = first(); at; at = at.next()) all.push_back(at);
  return all;
}

std::vector<Element> Element::children(std::string_view wanted, std::string_view called) const {
  std::vector<Element> all;
  for (Element at = first(); at; at = at.next()) {
    if (at.is(wanted, called)) all.push_back(at);
  }
  return all;
}

Element Element::child(std::string_view wanted, std::string_view called) const {
  Element at = first();
  while (at && !at.is(wanted, called)) at = at.next();
  return at;
}

std::optional<std::string> Element::space_of(std::string_view prefix) const {
  for (Element at = *this; at; at = at.parent()) {
    for (const xmlNs* ns = Inside::of(at)->nsDef; ns != nullptr; ns = ns->next) {
      if (view(ns->prefix) == prefix) return std::string(view(ns->href));
    }
  }
  return std::nullopt;
}

std::size_t Element::line() const {
  const long line = *this ? xmlGetLineNo(Inside::of(*this)) : 0;
  return line > 0 ? static_cast<std::size_t>(line) : 0;
}

std::string Element::path() const { return *this ? path_of(Inside::of(*this)) : std::string(); }

}  // namespace heyan::markup
