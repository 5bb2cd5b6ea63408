#include "verifier/contents/words.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace heyan::contents {
namespace {

struct Algorithm {
  std::string_view word;
  v1::DigestAlgorithm number;
  std::size_t bytes;
};

// MD5 and SHA-1 are not here: a submission declares what it measured today.
constexpr std::array<Algorithm, 4> kAlgorithms = {{
    {"sha-256", v1::DIGEST_ALGORITHM_SHA_256, 32},
    {"sha-384", v1::DIGEST_ALGORITHM_SHA_384, 48},
    {"sha-512", v1::DIGEST_ALGORITHM_SHA_512, 64},
    {"sm3", v1::DIGEST_ALGORITHM_SM3, 32},
}};

constexpr std::array<std::string_view, 11> kProofFormats = {
    "fabric",   "chainmaker", "fisco-bcos", "operator-attestation", "tlog",          "sigsum",
    "sigstore", "ccf",        "rfc3161",    "evidence-record",      "opentimestamps"};

const Algorithm& algorithm(v1::DigestAlgorithm number) {
  for (const Algorithm& known : kAlgorithms) {
    if (known.number == number) return known;
  }
  std::abort();
}

void append(std::string& list, std::string_view word) {
  if (!list.empty()) list += ", ";
  list += word;
}

}  // namespace

WordList roles() { return {v1::Role_descriptor(), "ROLE_"}; }
WordList party_kinds() { return {v1::PartyKind_descriptor(), "PARTY_KIND_"}; }
WordList id_types() { return {v1::IdType_descriptor(), "ID_TYPE_"}; }
WordList authentications() { return {v1::Authentication_descriptor(), "AUTHENTICATION_"}; }
WordList categories() { return {v1::Category_descriptor(), "CATEGORY_"}; }

std::optional<int> number_of(const WordList& list, std::string_view word) {
  const auto* value = list.names->FindValueByName(std::string(list.prefix) + std::string(word));
  if (value == nullptr || value->number() == 0) return std::nullopt;
  return value->number();
}

std::string word_of(const WordList& list, int number) {
  const auto* value = list.names->FindValueByNumber(number);
  if (value == nullptr || number == 0) std::abort();
  return value->name().substr(list.prefix.size());
}

std::string all_words(const WordList& list) {
  std::string words;
  for (int i = 0; i < list.names->value_count(); ++i) {
    const int number = list.names->value(i)->number();
    if (number != 0) append(words, word_of(list, number));
  }
  return words;
}

std::optional<v1::DigestAlgorithm> declared_algorithm(std::string_view word) {
  for (const Algorithm& known : kAlgorithms) {
    if (known.word == word) return known.number;
  }
  return std::nullopt;
}

std::size_t digest_bytes(v1::DigestAlgorithm number) { return algorithm(number).bytes; }

std::string algorithm_word(v1::DigestAlgorithm number) {
  return std::string(algorithm(number).word);
}

std::string all_algorithms() {
  std::string words;
  for (const Algorithm& known : kAlgorithms) append(words, known.word);
  return words;
}

bool is_proof_format(std::string_view word) {
  return std::ranges::find(kProofFormats, word) != kProofFormats.end();
}

std::string all_proof_formats() {
  std::string words;
  for (const std::string_view word : kProofFormats) append(words, word);
  return words;
}

}  // namespace heyan::contents
