"""Lints every policy of an export with parliament; prints the CPU seconds and the peak of memory in MB."""
import json, resource, sys
from parliament import analyze_policy_string

details = json.load(open(sys.argv[1]))
documents = [policy["PolicyVersionList"][0]["Document"] for policy in details["Policies"]]
documents += [inline["PolicyDocument"] for role in details["RoleDetailList"] for inline in role["RolePolicyList"]]
for document in documents:
    analyze_policy_string(json.dumps(document))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
