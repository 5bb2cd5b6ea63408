// What a bundle holds, in one place: a new kind of content is a line of parts() and a member of
// Bundle. For bundle.cc.
#pragma once

#include <map>
#include <span>
#include <string>

#include "gateway/bundle/bundle.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::bundle {

struct Part {
  std::string_view name;
  std::string Bundle::* content;  // empty: not in this bundle
  bool required;
  catalogue::Text about;  // its line in the read-me
};
std::span<const Part> parts();

inline constexpr std::string_view kManifest = "manifest.json";
inline constexpr std::string_view kRecord = "case.hcr";
inline constexpr std::string_view kExcerpt = "excerpt.hcr";

// Every file of the bundle by its name: the parts and what is made of them. `record` is what
// bundle.record or bundle.excerpt holds.
core::Result<std::map<std::string, std::string>> files_of(const Bundle& bundle,
                                                          const v1::RecordFile& record);

}  // namespace heyan::bundle
