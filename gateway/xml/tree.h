// An XML document that is being made, and the one form in which it is written: Canonical XML 1.0.
//
// libxml2 holds the tree and writes it; nothing is parsed. Text from outside is shown as in every
// form of a report: controls visible (security decision 20), and nothing that XML cannot hold.
// Where the library has no memory, canonical() says so. One thread.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::xml {

enum class Vocabulary : std::uint8_t { kReport, kSignature, kXades, kTrustList, kHeyan };

class Tree;

// One element of a tree, which must outlive it. Names are ours, and valid.
class Element {
 public:
  Element add(Vocabulary vocabulary, const char* name) const;
  Element add(Vocabulary vocabulary, const char* name, std::string_view text) const;
  Element add_base64(Vocabulary vocabulary, const char* name, core::ByteView bytes) const;
  const Element& set(const char* attribute, std::string_view value) const;

 private:
  friend class Tree;
  Element(Tree& tree, xmlNode* node) : tree_(&tree), node_(node) {}
  void add_text(const std::string& text) const;

  Tree* tree_;
  xmlNode* node_;  // null where there was no memory: what is added to it is lost, and told
};

class Tree {
 public:
  // With its root, vr:ValidationReport, on which every vocabulary is declared.
  Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Element root() { return {*this, xmlDocGetRootElement(document_.get())}; }
  // Without an XML declaration. kInternal: no memory.
  core::Result<std::string> canonical() const;

 private:
  friend class Element;
  struct Free {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  std::unique_ptr<xmlDoc, Free> document_;
  bool complete_ = true;
};

}  // namespace heyan::xml
