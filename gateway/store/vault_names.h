// Where things lie in the vault. Nothing here needs a key.
//
//   COURT/ab/cdef…           plain: SHA-256 of the content; kept once a court
//   COURT/ab/cdef….sealed    encrypted: SHA-256( "heyan.vault.file.v1\n" submission "\n" SHA-256 );
//                            kept once a submission, under its key
//   COURT/ab/cdef….key       a submission's key: SHA-256( "heyan.vault.key.v1\n" submission )
//   COURT/court.key          the court's
//   COURT/all-sealed         empty: nothing of the court's lies there plain
//
//   elsewhere                a line: the bucket that has what is not here
//
//   COURT/ab/cdef….sealed    the same in that bucket, with its key (sealed_object.h); nothing else
//                            lies there
//
// COURT is a digest of the court's code. Ids of submissions are by chance: who does not know one
// cannot tell by its names whether some content is in an encrypted vault. Pure, any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

inline constexpr std::string_view kCourtKey = "court.key";
inline constexpr std::string_view kElsewhere = "elsewhere";
inline constexpr std::string_view kAllSealed = "all-sealed";
inline constexpr std::string_view kSealed = ".sealed";
inline constexpr std::string_view kKey = ".key";

// Whose files.
struct VaultOwner {
  std::string_view court;
  std::string_view submission;
};

// What "abcdef…" says.
using VaultName = std::array<std::uint8_t, 32>;

// "COURT"
std::string court_folder(std::string_view court);

// 32 bytes each.
core::Bytes sealed_name(std::string_view submission, core::ByteView sha256);
core::Bytes key_name(std::string_view submission);

// "ab/cdef…" and what follows.
std::string spread(core::ByteView name, std::string_view suffix = {});

// "COURT/ab/cdef…". kMalformed: no SHA-256.
core::Result<std::string> place_in_vault(std::string_view court, core::ByteView sha256);
// The same of what is encrypted, and of the key that it needs.
core::Result<std::string> sealed_place(const VaultOwner& owner, core::ByteView sha256);
std::string key_place(const VaultOwner& owner);
std::string court_key_place(std::string_view court);

// Whose a key is that was wrapped: a court's, by its folder's name, or a submission's.
std::string of_court(std::string_view court_name);
std::string of_case(std::string_view submission);

}  // namespace heyan::store
