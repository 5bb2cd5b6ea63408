#include "gateway/cli/commands.h"

int main(int count, char** words) { return static_cast<int>(heyan::cli::run_heyan(count, words)); }
