// OpenTimestamps files made for a test, byte by byte, and the real headers of the vectors.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "verifier/ledgers/opentimestamps/evaluation.h"

namespace heyan::ledgers::opentimestamps::testing {

using core::Bytes;
using core::ByteView;

// The file that plays this part in tests/vectors/timestamps.
Bytes vector_file(const std::string& path);
Bytes unhex(std::string_view text);  // aborts the test where it is none
BlockHeader header_of_vector(const std::string& height);
Periods periods_of_vector();

// What may stand after a digest; joined with +.
Bytes operator+(Bytes first, ByteView second);
Bytes fork();
Bytes digest_step(Operation operation);
Bytes joined_step(Operation operation, ByteView argument);
Bytes varint(std::uint64_t value);
Bytes attestation(std::string_view tag, ByteView payload);  // tag: hexadecimal
Bytes bitcoin(std::uint64_t height);
Bytes pending(std::string_view uri);

inline constexpr std::string_view kBitcoinTag = "0588960d73d71901";
inline constexpr std::string_view kPendingTag = "83dfe30d2ef90c8e";
inline constexpr std::string_view kLitecoinTag = "06869a0d73d71b45";
inline constexpr std::string_view kEthereumTag = "30fe8087b5c7ead7";

// Magic, version, SHA-256, that digest, and the rest.
Bytes file(ByteView digest, ByteView rest);
Bytes file(ByteView rest);  // of 32 bytes 0x11

core::Result<Proof> read(ByteView bytes);
// The code of the refusal; fails the test where the file is read.
core::ErrorCode refusal(ByteView bytes);

}  // namespace heyan::ledgers::opentimestamps::testing
