#include "gateway/xml/tree.h"

#include <libxml/c14n.h>

#include <array>
#include <limits>

#include "verifier/core/text.h"

namespace heyan::xml {
namespace {

struct Name {
  const char* address;
  const char* prefix;  // null: the default
};
// As in Vocabulary.
constexpr std::array<Name, 5> kNames = {Name{"http://uri.etsi.org/19102/v1.4.1#", nullptr},
                                        Name{"http://www.w3.org/2000/09/xmldsig#", "ds"},
                                        Name{"http://uri.etsi.org/01903/v1.3.2#", "xades"},
                                        Name{"http://uri.etsi.org/02231/v2#", "tsl"},
                                        Name{"urn:heyan:report:1", "hy"}};

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

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

Tree::Tree() : document_(xmlNewDoc(chars("1.0"))) {
  xmlNode* const root =
      document_ ? xmlNewDocNode(document_.get(), nullptr, chars("ValidationReport"), nullptr)
                : nullptr;
  complete_ = root != nullptr;
  if (!complete_) return;
  xmlDocSetRootElement(document_.get(), root);
  for (const Name& name : kNames) {
    if (xmlNewNs(root, chars(name.address), chars(name.prefix)) == nullptr) complete_ = false;
  }
  xmlSetNs(root, root->nsDef);
}

Element Element::add(Vocabulary vocabulary, const char* name) const {
  xmlNode* child = nullptr;
  if (node_ != nullptr) {
    xmlNs* space = xmlDocGetRootElement(tree_->document_.get())->nsDef;
    for (auto i = static_cast<std::size_t>(vocabulary); i > 0 && space != nullptr; --i) {
      space = space->next;
    }
    child = xmlNewChild(node_, space, chars(name), nullptr);
  }
  if (child == nullptr) tree_->complete_ = false;
  return {*tree_, child};
}

Element Element::add(Vocabulary vocabulary, const char* name, std::string_view text) const {
  const Element child = add(vocabulary, name);
  child.add_text(as_xml(text));
  return child;
}

Element Element::add_base64(Vocabulary vocabulary, const char* name, core::ByteView bytes) const {
  const Element child = add(vocabulary, name);
  child.add_text(core::to_base64(bytes));
  return child;
}

const Element& Element::set(const char* attribute, std::string_view value) const {
  if (node_ == nullptr ||
      xmlNewProp(node_, chars(attribute), chars(as_xml(value).c_str())) == nullptr) {
    tree_->complete_ = false;
  }
  return *this;
}

void Element::add_text(const std::string& text) const {
  if (node_ == nullptr) return;
  xmlNode* const node = xmlNewDocText(tree_->document_.get(), chars(text.c_str()));
  if (node == nullptr || xmlAddChild(node_, node) == nullptr) tree_->complete_ = false;
}

core::Result<std::string> Tree::canonical() const {
  xmlChar* text = nullptr;
  const int size =
      complete_ ? xmlC14NDocDumpMemory(document_.get(), nullptr, XML_C14N_1_0, nullptr, 0, &text)
                : -1;
  const std::unique_ptr<xmlChar, decltype([](xmlChar* owned) { xmlFree(owned); })> owner(text);
  if (size < 0) return core::fail(core::ErrorCode::kInternal, "the XML could not be written");
  return std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

}  // namespace heyan::xml
