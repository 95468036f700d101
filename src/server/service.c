#include "server/service.h"

#include "server/listed.h"
#include "server/metrics.h"

#include <stdatomic.h>

mz_status mz_service_refresh(mz_service *service, bool *ret_new, mz_error *error) {
    mz_status status = mz_live_refresh(service->live, ret_new, error);
    if (status || !*ret_new) return status;
    mz_metrics_reload(service->metrics, true);
    mz_engines_renew(service->engines);
    mz_listed_renew(service->listed);
    atomic_fetch_add(&service->refreshed, 1);
    return MZ_OK;
}
