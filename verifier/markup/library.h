// What the files of verifier/markup share of libxml2. Internal to verifier/markup.
#pragma once

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <memory>
#include <string>
#include <string_view>

#include "verifier/markup/document.h"

namespace heyan::markup {

inline const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
inline std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using OwnedDocument = std::unique_ptr<xmlDoc, FreeDocument>;
struct FreeChars {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using OwnedChars = std::unique_ptr<xmlChar, FreeChars>;

struct Document::Tree {
  OwnedDocument document;
};

// The way from our values to the library's.
struct Inside {
  static xmlDoc* of(const Document& document) { return document.tree_->document.get(); }
  static Element from(const xmlNode* node) { return Element(node); }
  static xmlNode* of(const Element& element) {
    // The library takes what it only reads as not const.
    return static_cast<xmlNode*>(const_cast<void*>(element.node_));
  }
};

// Prepares the library for use by any number of threads: before anything else, in each of them.
// From then on nothing in this process makes it open a file or a host.
void prepare_library();

// As a sentence, with what it quotes made visible.
std::string sentence(const xmlError& error);
std::string path_of(const xmlNode* node);

}  // namespace heyan::markup
