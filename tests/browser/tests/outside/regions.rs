//! The core's list of regions and STS hosts against botocore's.

use std::collections::BTreeMap;

use rolecall::partition::Partition;
use rolecall_browser::{Result, sts_hosts_of_botocore};

/// Partition, then region, then host.
type Hosts = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn the_regions_and_their_sts_hosts_are_exactly_those_that_botocore_knows() -> Result<()> {
    let mut known: Hosts = serde_json::from_value(sts_hosts_of_botocore()?)?;
    // Not reachable from the public internet, and so none of Rolecall's.
    known.retain(|partition, _| !partition.starts_with("aws-iso"));
    assert_eq!(listed(), known);
    Ok(())
}

fn listed() -> Hosts {
    let hosts = |partition: Partition| {
        let regions = partition.regions().iter();
        regions.map(|region| ((*region).to_owned(), partition.sts_host(region).unwrap_or_default())).collect()
    };
    Partition::ALL.into_iter().map(|partition| (partition.id().to_owned(), hosts(partition))).collect()
}
