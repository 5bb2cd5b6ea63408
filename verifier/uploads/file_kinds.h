// The kinds of files that are taken: by the extension of the name, the declared media type, and the
// first bytes, which must agree. A closed list: pages, scripts and programs are not in it.
// Sources: media types as IANA has them; the extensions and detected types that hmcts'
// document-management-store-app takes. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace heyan::uploads {

struct FileKind {
  std::string_view extensions;  // each between spaces
  std::string_view declared;    // media types, likewise; the first is the usual one
  std::string_view sniffed;     // as contents::media_type_of says, likewise; empty: not looked at
};

// Null: of no kind that is taken.
const FileKind* kind_of(std::string_view file_name);

// The extensions of all that are taken: "pdf jpg jpeg ...".
std::string listed_extensions();

bool lists(std::string_view words, std::string_view word);

}  // namespace heyan::uploads
