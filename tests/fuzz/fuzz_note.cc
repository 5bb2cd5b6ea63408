// Signed notes, checkpoints, proofs and keys of transparency logs, on any bytes: what is accepted
// is the one spelling of what was understood, and the two libraries agree on its signatures.
#include <cstdlib>
#include <vector>

#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/note.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file
using transparency::NoteVerifier;

void require(bool condition) {
  if (!condition) std::abort();
}

// Two logs and a witness whose notes are among the seeds.
const std::vector<NoteVerifier>& known() {
  static const std::vector<NoteVerifier> kKnown = {
      *NoteVerifier::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
      *NoteVerifier::parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"),
      *NoteVerifier::parse("witness.high-court.example/w1+85391fee+"
                           "BCo7HLDP90dPSUxSLxzqw8twOf4bHDwY+gmztn3Vzqhd")};
  return kKnown;
}

void fuzz_note(std::string_view bytes, crypto::SignatureChecker& checker) {
  const auto note = transparency::parse_note(bytes);
  if (!note) return;
  require(transparency::encode_note(*note) == bytes);
  require(!note->signatures.empty());
  const auto signers = transparency::verify_note(*note, known(), checker);
  require(!signers || !signers->empty());
  const auto checkpoint = transparency::parse_checkpoint(note->text);
  if (checkpoint) require(transparency::encode_checkpoint(*checkpoint) == note->text);
}

void fuzz_proof(std::string_view bytes, crypto::SignatureChecker& checker) {
  const auto proof = transparency::parse_log_proof(bytes);
  if (!proof) return;
  require(transparency::encode_log_proof(*proof) == bytes);
  fuzz_note(proof->checkpoint, checker);
  const auto entry = proof->extra.value_or(core::Bytes());
  const auto logged =
      transparency::verify_log_proof(*proof, entry, "go.sum database tree", known()[1], checker);
  if (logged) require(proof->index < logged->checkpoint.size);
}

void fuzz_key(std::string_view bytes) {
  const auto verifier = NoteVerifier::parse(bytes);
  if (verifier) require(verifier->encode() == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = core::as_text({data, size});
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  fuzz_note(bytes, checker);
  fuzz_proof(bytes, checker);
  fuzz_key(bytes);
  require(!checker.disagreed());
  return 0;
}
