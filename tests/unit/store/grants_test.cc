// What heyan_public may do is granted by `heyan database prepare` alone, which nobody runs whom no
// version of the tables tells to.
#include <gmock/gmock.h>

#include "gateway/store/schema.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

// Where the grants change, append a migration (kGrants3, …) and write what this says then.
TEST(Grants, AreOfTheVersionOfTheTables) {
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(public_grants()))),
            "7bcc8a8880826891e79e19a20fe7f3fd6f69574fb9d2d7f048d6d900154ed895");
  EXPECT_EQ(shared_layout().migrations.size(), 12);
}

}  // namespace
}  // namespace heyan::store
