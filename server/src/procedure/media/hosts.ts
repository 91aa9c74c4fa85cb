import { Problem } from '../../foundation/http/problems.ts';
import { append, type Spine } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';

/**
 * Says from where files of a service may be fetched: hosts, with their port where it is not 443. Nothing is fetched from anywhere else.
 * @throws Problem `field-wrong`, `not-found` (the service)
 */
export async function setMediaHosts(spine: Spine, service: string, hosts: readonly subjects.MediaHost[]): Promise<void> {
  if (hosts.length > 20) throw new Problem('field-wrong', 'A service has at most 20 hosts that files are fetched from.');
  for (const { host } of hosts) {
    const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null;
    if (url === null || url.host !== host || host.length > 200)
      throw new Problem(
        'field-wrong',
        `“${host}” is no host: write files.warung.example, with a port where it is not 443, without https://.`,
      );
  }
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
    await subjects.setMediaHosts(
      await append(spine, tx, {
        kind: 'service.media-hosts-set',
        service,
        payload: { hosts: hosts.map(({ host, inside }) => ({ host, inside })) },
      }),
    );
  });
}
