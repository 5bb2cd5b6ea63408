#include "tests/unit/accounts/place.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::accounts {
namespace {

class InFile final : public Place {
 public:
  core::Result<std::unique_ptr<People>> open() const override {
    return People::open(folder_.path() / "accounts.db");
  }

 private:
  os::TemporaryFolder folder_;
};

}  // namespace

std::unique_ptr<Place> new_place() { return std::make_unique<InFile>(); }

}  // namespace heyan::accounts
