import type { GcoreClient } from '../api/client';
import type { Video } from '../api/videoTypes';
import { ROUND_EFFORT } from '../waitForGroup';
import type { WaitSource } from '../waitForGroup';

/** The videos of a wait, until each is as it is wanted. */
export class VideoWaitSource implements WaitSource<Video> {
	private readonly client: GcoreClient;

	constructor(
		client: GcoreClient,
		readonly hasEnded: (video: Video) => boolean,
	) {
		this.client = client.spending(ROUND_EFFORT);
	}

	async get(id: string): Promise<Video> {
		return await this.client.videos.get(id);
	}
}
