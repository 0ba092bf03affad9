#include "app/screen_batch.h"

namespace ballast::app {

Result<screening::Run> screen_batch(const delivery::Context& context, AreaCode county, feeds::BatchId batch,
                                    const std::function<bool(std::int64_t, std::int64_t)>& progress) {
    const auto touched = TRY(context.database.read(
        [&](db::Tx& tx) { return feeds::touched_by(tx, auth::Scope({county}), batch); }));
    if (touched.empty()) return screening::Run{};
    const auto rules =
        TRY(screening::Rules::load(county, context.clock.today(), TRY(context.packs.now())));
    auto run =
        TRY(screening::screen(context.database, context.vault, auth::system_actor("feeds"), rules,
                              {county, touched, screening::cause_of(batch)}, context.clock.now(), progress));
    TRY(context.database.write(
        [&](db::Tx& tx) { return screening::note_end(tx, run.id, context.clock.now()); }));
    return run;
}

}  // namespace ballast::app
