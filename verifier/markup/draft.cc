#include "verifier/markup/draft.h"

#include <libxml/c14n.h>

#include <limits>

#include "verifier/core/text.h"
#include "verifier/markup/library.h"

namespace heyan::markup {
namespace {

xmlNode* node_of(void* node) { return static_cast<xmlNode*>(node); }

// U+FFFE and U+FFFF are UTF-8, and no characters of XML 1.0 (section 2.2).
std::string as_xml(std::string_view text) {
  std::string shown = core::visible(text, std::numeric_limits<std::size_t>::max());
  for (const std::string_view none : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (std::size_t at = shown.find(none); at != std::string::npos; at = shown.find(none, at)) {
      shown.replace(at, none.size(), none.back() == '\xbe' ? "⟨U+FFFE⟩" : "⟨U+FFFF⟩");
    }
  }
  return shown;
}

}  // namespace

struct Draft::Tree {
  OwnedDocument document;
  bool complete = false;

  xmlNs* space(const Namespace& wanted) {
    if (*wanted.address == '\0') return nullptr;
    const xmlNode* const root = xmlDocGetRootElement(document.get());
    for (xmlNs* ns = root == nullptr ? nullptr : root->nsDef; ns != nullptr; ns = ns->next) {
      if (view(ns->href) == wanted.address) return ns;
    }
    complete = false;
    return nullptr;
  }
};

Draft::Draft(const Namespace& space, const char* root, std::span<const Namespace* const> declared)
    : tree_(std::make_unique<Tree>()) {
  tree_->document.reset(xmlNewDoc(chars("1.0")));
  xmlDoc* const document = tree_->document.get();
  xmlNode* const node =
      document != nullptr ? xmlNewDocNode(document, nullptr, chars(root), nullptr) : nullptr;
  tree_->complete = node != nullptr;
  if (!tree_->complete) return;
  xmlDocSetRootElement(document, node);
  for (const Namespace* const each : declared) {
    if (xmlNewNs(node, chars(each->address), chars(each->prefix)) == nullptr) {
      tree_->complete = false;
    }
  }
  xmlSetNs(node, tree_->space(space));
}

Draft::~Draft() = default;

DraftElement Draft::root() { return {*this, xmlDocGetRootElement(tree_->document.get())}; }

DraftElement DraftElement::add(const Namespace& space, const char* name) const {
  xmlNode* child = nullptr;
  if (node_ != nullptr) {
    Draft::Tree& tree = *draft_->tree_;
    child = xmlNewDocNode(tree.document.get(), tree.space(space), chars(name), nullptr);
    if (child != nullptr) xmlAddChild(node_of(node_), child);
  }
  if (child == nullptr) draft_->tree_->complete = false;
  return {*draft_, child};
}

DraftElement DraftElement::add(const Namespace& space, const char* name,
                               std::string_view text) const {
  const DraftElement child = add(space, name);
  child.add_text(as_xml(text));
  return child;
}

DraftElement DraftElement::add_base64(const Namespace& space, const char* name,
                                      core::ByteView bytes) const {
  const DraftElement child = add(space, name);
  child.add_text(core::to_base64(bytes));
  return child;
}

const DraftElement& DraftElement::set(const char* attribute, std::string_view value) const {
  if (node_ == nullptr ||
      xmlNewProp(node_of(node_), chars(attribute), chars(as_xml(value).c_str())) == nullptr) {
    draft_->tree_->complete = false;
  }
  return *this;
}

const DraftElement& DraftElement::set(const Namespace& space, const char* attribute,
                                      std::string_view value) const {
  if (node_ == nullptr || xmlNewNsProp(node_of(node_), draft_->tree_->space(space),
                                       chars(attribute), chars(as_xml(value).c_str())) == nullptr) {
    draft_->tree_->complete = false;
  }
  return *this;
}

void DraftElement::add_text(const std::string& text) const {
  if (node_ == nullptr) return;
  xmlNode* const node = xmlNewDocText(draft_->tree_->document.get(), chars(text.c_str()));
  if (node == nullptr || xmlAddChild(node_of(node_), node) == nullptr) {
    draft_->tree_->complete = false;
  }
}

core::Result<std::string> Draft::canonical() const {
  xmlChar* text = nullptr;
  const int size = tree_->complete ? xmlC14NDocDumpMemory(tree_->document.get(), nullptr,
                                                          XML_C14N_1_0, nullptr, 0, &text)
                                   : -1;
  const OwnedChars owner(text);
  if (size < 0) return core::fail(core::ErrorCode::kInternal, "the XML could not be written");
  return std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

}  // namespace heyan::markup
