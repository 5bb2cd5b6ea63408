// The closed lists of words in case.json. Those of enumerations come from the protobuf descriptors,
// so that a word exists once: "ROLE_PLAINTIFF" in submission.proto is "PLAINTIFF" here. Pure, any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "heyan/v1/submission.pb.h"

namespace heyan::contents {

// One enumeration as words: its descriptor, and the prefix that its value names bear.
struct WordList {
  const google::protobuf::EnumDescriptor* names;
  std::string_view prefix;
};

WordList roles();
WordList party_kinds();
WordList id_types();
WordList authentications();
WordList categories();

// The number of a word, or nothing where the list does not have it. "UNSPECIFIED" is no word.
std::optional<int> number_of(const WordList& list, std::string_view word);
// The word of a number; aborts where it has none.
std::string word_of(const WordList& list, int number);
// "A, B, C", for messages.
std::string all_words(const WordList& list);

// Digest algorithms that a submission may declare ("sha-256"), and how many bytes their digests
// have.
std::optional<v1::DigestAlgorithm> declared_algorithm(std::string_view word);
std::size_t digest_bytes(v1::DigestAlgorithm algorithm);
std::string algorithm_word(v1::DigestAlgorithm algorithm);
std::string all_algorithms();

// Proof formats ("fabric", "rfc3161", ...).
bool is_proof_format(std::string_view word);
std::string all_proof_formats();

}  // namespace heyan::contents
