#include "gateway/signer/tables.h"
#include "gateway/sqlite/database.h"
#include "tests/unit/signer/place.h"

namespace heyan::signer {
namespace {

class InFile final : public Place {
 public:
  explicit InFile(std::filesystem::path folder) : folder_(std::move(folder)) {}
  core::Result<std::unique_ptr<Signer>> open(Settings settings, Keys keys) const override {
    return Signer::open(std::move(settings), std::move(keys));
  }
  core::Result<void> execute(const std::string& sql) const override {
    HEYAN_TRY(sqlite::Database database, sqlite::Database::open(folder_ / "log.db", layout()));
    return database.execute(sql.c_str());
  }
  std::string literal(core::ByteView bytes) const override {
    return "x'" + core::to_hex(bytes) + "'";
  }
  void back_up(const std::string& name) override {
    std::filesystem::copy(folder_ / "log.db", folder_ / name);
  }
  void restore(const std::string& name) override {
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::filesystem::remove(folder_ / ("log.db" + std::string(suffix)));
    }
    std::filesystem::copy(folder_ / name, folder_ / "log.db");
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<Place> new_place(const std::filesystem::path& folder) {
  return std::make_unique<InFile>(folder);
}

}  // namespace heyan::signer
