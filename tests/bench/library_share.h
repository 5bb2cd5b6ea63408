// The libraries' own share of a judgement: its questions about signatures, kept and asked again.
#pragma once

#include <benchmark/benchmark.h>

#include <vector>

#include "verifier/crypto/signature.h"

namespace heyan::bench {

struct Question {
  crypto::PublicKey key;
  crypto::Scheme scheme;
  core::Bytes message;
  core::Bytes signature;
};

// Passes every question on to a library, and keeps it.
class Recorder : public crypto::Engine {
 public:
  Recorder(const crypto::Engine& library, std::vector<Question>& questions)
      : library_(library), questions_(questions) {}
  std::string_view name() const override { return library_.name(); }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return library_.hasher(hash);
  }
  bool verify(const crypto::PublicKey& key, const crypto::Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    questions_.push_back({key, scheme, core::to_bytes(message), core::to_bytes(signature)});
    return library_.verify(key, scheme, message, signature);
  }

 private:
  const crypto::Engine& library_;
  std::vector<Question>& questions_;
};

inline void ask_again(const std::vector<Question>& questions, const crypto::Engine& library) {
  for (const Question& question : questions) {
    if (!library.verify(question.key, question.scheme, question.message, question.signature)) {
      benchmark::DoNotOptimize(question);
    }
  }
}

}  // namespace heyan::bench
