// Private keys on disk, each with its certificate or public key beside it.
//
//   PREFIX.key.pem (0600)   PREFIX.cert.pem   PREFIX.pub.pem
//
// Threat: whoever can read a private key can sign as its owner. Keys are made with mode 0600 in
// folders of mode 0700, are never overwritten, and are refused where anybody but their owner could
// read or write them. Any thread.
#pragma once

#include <unistd.h>

#include <chrono>
#include <expected>
#include <filesystem>
#include <string_view>

#include "gateway/intake/refusal.h"
#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signing.h"

namespace heyan::keys {

using intake::Refusal;

// At most 13 months (security decision 18).
inline constexpr std::chrono::days kCertificateLife{395};

struct SigningPair {
  crypto::SigningKey key;
  crypto::Certificate certificate;
};

// A folder of mode 0700. kDuplicate where there is one that is not empty: keys are never
// overwritten.
std::expected<void, Refusal> make_folder(const std::filesystem::path& folder);

// What to do about a certificate that is another key's.
inline constexpr std::string_view kOfThatKey =
    "Put the certificate there that was issued for the key of that name, or the one that was there "
    "before.";

// Nobody but the owner can read or write it, and that is `owner`: whoever runs this. kIo.
std::expected<void, Refusal> check_private(const std::filesystem::path& file,
                                           uid_t owner = ::geteuid());

// The three files. The certificate is the key's own, begins at `now` and lives kCertificateLife.
std::expected<SigningPair, Refusal> make_pair(const std::filesystem::path& folder,
                                              std::string_view prefix,
                                              crypto::KeyAlgorithm algorithm,
                                              std::string_view common_name, core::UtcTime now);
// kMalformed: another algorithm, or key and certificate do not belong together; kIo.
std::expected<SigningPair, Refusal> load_pair(const std::filesystem::path& folder,
                                              std::string_view prefix,
                                              crypto::KeyAlgorithm algorithm);

// The same for a key that is there already: PREFIX.cert.pem and PREFIX.pub.pem are made or read.
std::expected<SigningPair, Refusal> certify(crypto::SigningKey key,
                                            const std::filesystem::path& folder,
                                            std::string_view prefix, std::string_view common_name,
                                            core::UtcTime now);
std::expected<SigningPair, Refusal> with_certificate(crypto::SigningKey key,
                                                     const std::filesystem::path& folder,
                                                     std::string_view prefix);

// PREFIX.key.pem alone.
std::expected<crypto::SigningKey, Refusal> make_key(const std::filesystem::path& folder,
                                                    std::string_view prefix,
                                                    crypto::KeyAlgorithm algorithm);
std::expected<crypto::SigningKey, Refusal> load_key(const std::filesystem::path& file,
                                                    crypto::KeyAlgorithm algorithm);

// A file that was not there before; kDuplicate otherwise.
std::expected<void, Refusal> write_secret(const std::filesystem::path& file,
                                          std::string_view content);
std::expected<void, Refusal> write_public(const std::filesystem::path& file,
                                          std::string_view content);

}  // namespace heyan::keys
