#include "tests/unit/opentimestamps/made.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace heyan::ledgers::opentimestamps::testing {

Bytes vector_file(const std::string& path) {
  std::ifstream in(HEYAN_VECTORS "/timestamps/" + path, std::ios::binary);
  if (!in) {
    ADD_FAILURE() << "cannot read " << path;
    std::abort();
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Bytes unhex(std::string_view text) {
  auto bytes = core::from_hex(text);
  if (!bytes) std::abort();
  return *std::move(bytes);
}

BlockHeader header_of_vector(const std::string& height) {
  const auto header = BlockHeader::read(vector_file("ots/" + height + ".hdr"));
  if (!header) std::abort();
  return *header;
}

Periods periods_of_vector() {
  auto periods = Periods::read(vector_file("btc-headers/checkpoints.tsv"));
  if (!periods) std::abort();
  return *std::move(periods);
}

Bytes operator+(Bytes first, ByteView second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Bytes fork() { return {0xff}; }

Bytes digest_step(Operation operation) { return {static_cast<std::uint8_t>(operation)}; }

Bytes varint(std::uint64_t value) {
  Bytes bytes;
  for (; value > 0x7f; value >>= 7) bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes.push_back(static_cast<std::uint8_t>(value));
  return bytes;
}

Bytes joined_step(Operation operation, ByteView argument) {
  return digest_step(operation) + varint(argument.size()) + argument;
}

Bytes attestation(std::string_view tag, ByteView payload) {
  return Bytes{0x00} + unhex(tag) + varint(payload.size()) + payload;
}

Bytes bitcoin(std::uint64_t height) { return attestation(kBitcoinTag, varint(height)); }

Bytes pending(std::string_view uri) {
  return attestation(kPendingTag, varint(uri.size()) + core::as_bytes(uri));
}

Bytes file(ByteView digest, ByteView rest) {
  return unhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108") + digest +
         rest;
}

Bytes file(ByteView rest) { return file(Bytes(32, 0x11), rest); }

core::Result<Proof> read(ByteView bytes) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  return read_proof(bytes, checker);
}

core::ErrorCode refusal(ByteView bytes) {
  const auto proof = read(bytes);
  EXPECT_FALSE(proof.has_value());
  return proof ? core::ErrorCode::kInternal : proof.error().code;
}

}  // namespace heyan::ledgers::opentimestamps::testing
