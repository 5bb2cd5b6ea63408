#include "verifier/markup/canonical.h"

#include <libxml/c14n.h>

#include <vector>

#include "verifier/markup/library.h"

namespace heyan::markup {
namespace {

struct Subset {
  const xmlNode* apex;     // null: the document
  const xmlNode* without;  // null: nothing
};

// The library asks of nodes with the element that holds them, and of namespaces and attributes.
int is_in(void* user, xmlNode* node, xmlNode* parent) {
  const auto& subset = *static_cast<const Subset*>(user);
  const bool held = node->type == XML_NAMESPACE_DECL || node->type == XML_ATTRIBUTE_NODE;
  bool in = subset.apex == nullptr;
  for (const xmlNode* at = held ? parent : node; at != nullptr; at = at->parent) {
    if (at == subset.without) return 0;
    if (at == subset.apex) in = true;
  }
  return in ? 1 : 0;
}

constexpr int mode_of(Canonical::Form form) {
  switch (form) {
    case Canonical::Form::k10:
      return XML_C14N_1_0;
    case Canonical::Form::k11:
      return XML_C14N_1_1;
    case Canonical::Form::kExclusive:
      return XML_C14N_EXCLUSIVE_1_0;
  }
  return XML_C14N_1_0;
}

core::Result<std::string> write(xmlDoc* document, Subset subset, const Canonical& as) {
  prepare_library();
  std::vector<xmlChar*> prefixes;
  if (as.form == Canonical::Form::kExclusive) {
    for (const std::string& prefix : as.inclusive_prefixes) {
      // Read only. The library's word for no prefix is "#default".
      prefixes.push_back(const_cast<xmlChar*>(chars(prefix.empty() ? "#default" : prefix.c_str())));
    }
  }
  prefixes.push_back(nullptr);
  struct Close {
    void operator()(xmlOutputBuffer* buffer) const { xmlOutputBufferClose(buffer); }
  };
  const std::unique_ptr<xmlOutputBuffer, Close> out(xmlAllocOutputBuffer(nullptr));
  if (out == nullptr || xmlC14NExecute(document, is_in, &subset, mode_of(as.form), prefixes.data(),
                                       as.comments ? 1 : 0, out.get()) < 0) {
    return core::fail(core::ErrorCode::kInternal, "the XML could not be made canonical");
  }
  return std::string(
      view(xmlOutputBufferGetContent(out.get())).substr(0, xmlOutputBufferGetSize(out.get())));
}

}  // namespace

core::Result<std::string> canonical(const Document& document, const Element& element,
                                    const Canonical& as) {
  if (!element) return std::string();
  return write(Inside::of(document),
               {.apex = Inside::of(element), .without = Inside::of(as.without)}, as);
}

core::Result<std::string> canonical(const Document& document, const Canonical& as) {
  return write(Inside::of(document), {.apex = nullptr, .without = Inside::of(as.without)}, as);
}

}  // namespace heyan::markup
