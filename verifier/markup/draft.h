// An XML document that is being made, and the one form in which it is written: Canonical XML 1.0.
//
// Nothing is parsed. Text from outside is shown as in every form of a report: controls visible
// (security decision 20), and nothing that XML cannot hold. Where the library has no memory,
// canonical() says so. One thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::markup {

// A namespace that a draft declares on its root. Constants of the caller's.
struct Namespace {
  const char* address;
  const char* prefix;  // null: the default
};
// No namespace: it is not declared, and has no place where a draft declares a default.
inline constexpr Namespace kNoNamespace = {"", nullptr};

class Draft;

// One element of a draft, which must outlive it. Names are ours, and valid; a namespace is one of
// those that the draft declares.
class DraftElement {
 public:
  DraftElement add(const Namespace& space, const char* name) const;
  DraftElement add(const Namespace& space, const char* name, std::string_view text) const;
  DraftElement add_base64(const Namespace& space, const char* name, core::ByteView bytes) const;
  const DraftElement& set(const char* attribute, std::string_view value) const;
  const DraftElement& set(const Namespace& space, const char* attribute,
                          std::string_view value) const;

 private:
  friend class Draft;
  DraftElement(Draft& draft, void* node) : draft_(&draft), node_(node) {}
  void add_text(const std::string& text) const;

  Draft* draft_;
  void* node_;  // null where there was no memory: what is added to it is lost, and told
};

class Draft {
 public:
  // With its root, on which every namespace is declared; `space` is one of them.
  Draft(const Namespace& space, const char* root, std::span<const Namespace* const> declared);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft();

  DraftElement root();
  // Without an XML declaration. kInternal: no memory, or a namespace that was not declared.
  core::Result<std::string> canonical() const;

 private:
  friend class DraftElement;
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace heyan::markup
