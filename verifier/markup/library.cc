#include "verifier/markup/library.h"

#include <libxml/parser.h>
#include <libxml/xmlschemastypes.h>

#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/markup/schema_files.h"

namespace heyan::markup {
namespace {

constexpr std::size_t kShownName = 60;

// Counted among elements of the same name beside it; 0: it is the only one.
std::size_t place_of(const xmlNode* node) {
  const auto same = [&](const xmlNode* other) {
    return other->type == XML_ELEMENT_NODE && xmlStrEqual(other->name, node->name) != 0;
  };
  std::size_t place = 1;
  for (const xmlNode* at = node->prev; at != nullptr; at = at->prev) place += same(at) ? 1 : 0;
  if (place > 1) return place;
  for (const xmlNode* at = node->next; at != nullptr; at = at->next) {
    if (same(at)) return place;
  }
  return 0;
}

}  // namespace

void prepare_library() {
  static const bool kReady = [] {
    xmlInitParser();
    xmlSchemaInitTypes();
    xmlSetExternalEntityLoader(open_schema_file);
    return true;
  }();
  static_cast<void>(kReady);
  // Of this thread: else what has no channel of its own goes to standard error.
  xmlSetStructuredErrorFunc(nullptr, [](void*, xmlError*) {});
}

std::string sentence(const xmlError& error) {
  std::string text = error.message == nullptr ? "no memory" : error.message;
  std::ranges::replace(text, '\n', ' ');
  while (text.ends_with(' ')) text.pop_back();
  return core::visible(text, 300);
}

std::string path_of(const xmlNode* node) {
  std::string path;
  for (; node != nullptr && node->type == XML_ELEMENT_NODE; node = node->parent) {
    std::string step = "/" + core::visible(view(node->name), kShownName);
    if (const std::size_t place = place_of(node); place > 0) {
      step += "[" + std::to_string(place) + "]";
    }
    path.insert(0, step);
  }
  return path;
}

}  // namespace heyan::markup
