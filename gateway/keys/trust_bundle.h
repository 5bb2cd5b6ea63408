// The signed trust bundle of an installation, read and verified with the court's pinned keys.
#pragma once

#include <expected>
#include <filesystem>
#include <span>

#include "gateway/intake/refusal.h"
#include "verifier/trust/bundle.h"

namespace heyan::keys {

// One of the court's public keys, in PEM. kIo: it cannot be read; kMalformed.
std::expected<crypto::PublicKey, intake::Refusal> load_court_key(const std::filesystem::path& file);

// The document as it lies there, which nobody verified. kIo.
std::expected<core::Bytes, intake::Refusal> read_trust_bundle(const std::filesystem::path& bundle);

// `name`: of the document, for refusals. kIo: a file that is not there; kUnsupported: too few of
// the keys signed, or another did; or what verify_trust_bundle says of a document that is none.
std::expected<trust::TrustBundle, intake::Refusal> verify_trust_bundle(
    core::ByteView document, const std::filesystem::path& name,
    std::span<const std::filesystem::path> court_keys, std::size_t at_least);

// Both.
std::expected<trust::TrustBundle, intake::Refusal> load_trust_bundle(
    const std::filesystem::path& bundle, std::span<const std::filesystem::path> court_keys,
    std::size_t at_least);

}  // namespace heyan::keys
